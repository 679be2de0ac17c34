//! What often goes wrong in an engagement. Each kind has a name, by which a coach who means it so can silence the warning.

use strum::VariantArray;

/// One kind of advice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, VariantArray)]
pub enum Advice {
    /// The coachee has not agreed to anything yet, some weeks into the engagement.
    NotAgreed,
    /// No mid-point meeting is booked.
    NoMidpoint,
    /// No closing meeting is booked.
    NoFinal,
    /// The items of an agenda take longer or shorter than the meeting.
    AgendaMinutes,
    /// Someone is to attend a meeting still to come, and has left by then.
    AttendeeLeft,
    /// A goal does not say what others will see.
    NoBehaviour,
    /// A goal does not say what good looks like.
    NoSuccessSign,
    /// An idea names one of those who may have given it.
    IdeaNames,
    /// Fewer than four people give feedback.
    FewSupporters,
    /// The first round came before anyone was asked to take part.
    NotEnrolled,
    /// The next round is late.
    RoundOverdue,
    /// More sessions were held than planned.
    SessionsOverPlan,
    /// A session is still listed as booked, and its day is over.
    BookedOver,
    /// The end is over and no day of closing is set.
    StillOpen,
    /// No day of closing is set, while the engagement lasts.
    NoCloses,
    /// Nothing says what has to be told in spite of confidentiality.
    NoExceptions,
    /// Someone has not said yes to the agreement, some weeks after it was written.
    AgreementOpen,
    /// Someone who is to agree cannot read the agreement.
    AgreementUnread,
    /// A day lies long before the start or long after the end.
    FarOutside,
    /// Two quarterly meetings lie in one quarter.
    QuarterlyTwice,
    /// Figures may stand on fewer than five raters, though every goal has more.
    LowMinimum,
}

impl Advice {
    /// Every kind, in the order in which they are listed.
    pub const ALL: [Self; Self::VARIANTS.len()] = *Self::VARIANTS
        .first_chunk()
        .expect("it is as long as itself");

    /// The name by which `silence` of engagement.toml calls it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotAgreed => "not-agreed",
            Self::NoMidpoint => "no-midpoint",
            Self::NoFinal => "no-final",
            Self::AgendaMinutes => "agenda-minutes",
            Self::AttendeeLeft => "attendee-left",
            Self::NoBehaviour => "no-behaviour",
            Self::NoSuccessSign => "no-success-sign",
            Self::IdeaNames => "idea-names",
            Self::FewSupporters => "few-supporters",
            Self::NotEnrolled => "not-enrolled",
            Self::RoundOverdue => "round-overdue",
            Self::SessionsOverPlan => "sessions-over-plan",
            Self::BookedOver => "booked-over",
            Self::StillOpen => "still-open",
            Self::NoCloses => "no-closes",
            Self::NoExceptions => "no-exceptions",
            Self::AgreementOpen => "agreement-open",
            Self::AgreementUnread => "agreement-unread",
            Self::FarOutside => "far-outside",
            Self::QuarterlyTwice => "quarterly-twice",
            Self::LowMinimum => "low-minimum",
        }
    }

    /// Returns the kind that `word` names.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|advice| advice.as_str() == word)
    }
}
