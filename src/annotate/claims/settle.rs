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
    let mut i = 0;
    while let Some(this) = readings.get(i) {
        let again = readings.iter().enumerate().any(|(j, other)| {
            if j == i || matches!(this.stance, Stance::Denies | Stance::Urges) || matches!(other.stance, Stance::Denies | Stance::Urges) {
                return j < i && other.stance == this.stance && other.accusers == this.accusers && other.accused == this.accused;
            }
            let same_side = this.accusers.is_empty() || covers(&other.accusers, &this.accusers);
            let stronger = (weak(this) && !weak(other))
                || (weak(this) == weak(other) && (j < i || this.accusers.is_empty() && !other.accusers.is_empty()));
            covers(&other.accused, &this.accused) && same_side && (stronger || this.accusers.is_empty() && !other.accusers.is_empty())
        });
        if again {
            readings.remove(i);
        } else {
            i += 1;
        }
    }
    readings
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
