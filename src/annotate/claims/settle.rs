//! Of claims that say one thing twice the stronger stays.

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
