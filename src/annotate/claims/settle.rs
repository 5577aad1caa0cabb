//! Claims of one sentence set against each other: who goes on speaking; and of those that say one thing twice the stronger stays.

use super::clause::Clause;
use super::frame::Reading;
use super::party::Entity;
use super::rules::Frame;
use crate::article::Stance;

/// Drops what says again, more weakly, what another rule has read of the same accused.
pub(super) fn settle(c: &Clause<'_>, mut readings: Vec<Reading>) -> Vec<Reading> {
    let weak = |r: &Reading| {
        matches!(r.rule.frame, Frame::Say | Frame::Suspected | Frame::Backed | Frame::Behind | Frame::Raised | Frame::Between)
    };
    let covers = |all: &[Entity], some: &[Entity]| !some.is_empty() && some.iter().all(|e| all.iter().any(|a| c.same(*a, *e)));
    go_on_speaking(&mut readings);
    sponsors(c, &mut readings);
    let mut i = 0;
    while let Some(this) = readings.get(i) {
        let again = readings.iter().enumerate().any(|(j, other)| {
            if j == i || matches!(this.stance, Stance::Denies | Stance::Urges) || matches!(other.stance, Stance::Denies | Stance::Urges) {
                return j < i && other.stance == this.stance && other.accusers == this.accusers && other.accused == this.accused;
            }
            let same_side = this.accusers.is_empty() || covers(&other.accusers, &this.accusers);
            let more = this.rule.name == other.rule.name && this.accusers == other.accusers && !covers(&this.accused, &other.accused);
            let stronger = more
                || (weak(this) && !weak(other))
                || (weak(this) == weak(other) && (j < i || this.accusers.is_empty() && !other.accusers.is_empty()));
            // `was attributed to B, which A linked to it`: two acts, by two.
            let apart = this.accusers.is_empty() && !other.accusers.is_empty() && !weak(this) && this.stance == Stance::Accuses;
            !apart
                && covers(&other.accused, &this.accused)
                && same_side
                && (stronger || this.accusers.is_empty() && !other.accusers.is_empty())
        });
        if again {
            readings.remove(i);
        } else {
            i += 1;
        }
    }
    readings
}

/// `X, a group tied to B, was behind it, A said`: what X is tells no claim of its own where A says what it did; B answers for it too.
fn sponsors(c: &Clause<'_>, readings: &mut Vec<Reading>) {
    let modifier = |r: &Reading| r.stance == Stance::Links && matches!(r.rule.frame, Frame::To | Frame::Backed | Frame::Between);
    let told = |r: &Reading| {
        r.stance == Stance::Accuses && matches!(r.rule.frame, Frame::Behind | Frame::Say | Frame::From) && !r.accusers.is_empty()
    };
    let mut i = 0;
    while let Some(link) = readings.get(i).cloned() {
        if !modifier(&link) {
            i += 1;
            continue;
        }
        let of =
            |r: &Reading| told(r) && r.accusers == link.accusers && link.accused.iter().any(|e| r.accused.iter().any(|x| c.same(*e, *x)));
        let Some(at) = readings.iter().position(of) else {
            i += 1;
            continue;
        };
        readings.remove(i);
        if let Some(reading) = readings.get_mut(at - usize::from(at > i)) {
            for e in link.accused {
                if !reading.accused.iter().any(|x| c.same(*x, e)) {
                    reading.accused.push(e);
                }
            }
        }
    }
}

/// `X said that Y was behind it and accused Z`: it is X who accuses, for the accused of one clause is not the accuser of the next, where both are the same
/// words of the text.
fn go_on_speaking(readings: &mut [Reading]) {
    for i in 0..readings.len() {
        let Some((this, others)) = readings.get_mut(..=i).and_then(<[Reading]>::split_last_mut) else { return };
        if this.stance == Stance::Denies || this.accusers.is_empty() {
            continue;
        }
        let told = others.iter().find(|other| {
            matches!(other.stance, Stance::Accuses | Stance::Links)
                && !other.accusers.is_empty()
                && other.accused == this.accusers
                && !this.accused.iter().any(|e| other.accusers.contains(e))
        });
        if let Some(told) = told {
            this.accusers = told.accusers.clone();
        }
    }
}
