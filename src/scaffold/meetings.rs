//! The field's meetings: what is talked about, for how long, who leads, and what follows.
//!
//! Each is worded for the page, where everyone who comes reads it.

use crate::scaffold::agenda::AgendaKind;

/// Who leads an item, comes to a meeting, or does something after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lead {
    /// The coachee.
    Coachee,
    /// The coach.
    Coach,
    /// The manager.
    Manager,
    /// The sponsor.
    Sponsor,
    /// The partner from human resources.
    Hr,
    /// The supporters; the first of them where one is meant.
    Supporters,
}

/// A meeting before it is one.
pub(super) struct Meeting {
    /// What it is called.
    pub(super) title: &'static str,
    /// How long it is.
    pub(super) minutes: u32,
    /// Who comes.
    pub(super) attendees: &'static [Lead],
    /// Minutes, who leads, and what it is.
    pub(super) items: &'static [(u32, Lead, &'static str)],
    /// Days after the meeting, who does it, and what.
    pub(super) next: &'static [(i32, Lead, &'static str)],
    /// What to do before.
    pub(super) preparation: &'static str,
}

use Lead::{Coach, Coachee, Hr, Manager, Sponsor, Supporters};

/// The meeting of a kind.
pub(super) fn meeting(kind: AgendaKind) -> &'static Meeting {
    match kind {
        AgendaKind::Calibration => &CALIBRATION,
        AgendaKind::Alignment => &ALIGNMENT,
        AgendaKind::Quarterly => &QUARTERLY,
        AgendaKind::Enrolment => &ENROLMENT,
        AgendaKind::CheckIn => &CHECK_IN,
        AgendaKind::Context => &CONTEXT,
        AgendaKind::SponsorReview => &SPONSOR_REVIEW,
        AgendaKind::Midpoint => &MIDPOINT,
        AgendaKind::Final => &FINAL,
        AgendaKind::FollowUp => &FOLLOW_UP,
        AgendaKind::Other => &OTHER,
    }
}

const CALIBRATION: Meeting = Meeting {
    title: "Calibrating the goals",
    minutes: 45,
    attendees: &[Coach, Coachee, Manager],
    items: &[
        (
            4,
            Coach,
            "What we want to leave with, and what stays outside this room",
        ),
        (6, Coachee, "The feedback so far, in three headlines"),
        (
            14,
            Coachee,
            "The goals, one after the other: the aim, what others would notice, the first actions",
        ),
        (
            8,
            Manager,
            "Do these goals suit the job and the year ahead? What is missing, what is too much?",
        ),
        (
            6,
            Coachee,
            "Support that would help, as requests that can be answered with yes or no",
        ),
        (
            4,
            Coachee,
            "Who sees this work from close by: settle the list of supporters",
        ),
        (3, Coach, "Who does what by when"),
    ],
    next: &[
        (
            0,
            Coach,
            "Debrief for ten minutes, coachee and coach: what was new, and what changes in the plan.",
        ),
        (
            2,
            Coachee,
            "Put the changes into the goals and send them round.",
        ),
        (
            14,
            Coachee,
            "Ask every supporter in person before anything arrives by mail.",
        ),
        (
            14,
            Coach,
            "Set up the pulse with the supporters who have said yes.",
        ),
    ],
    preparation: "Please read the plan beforehand; it takes five minutes. The manager's part is to push: an awkward question today is worth \
        more than polite agreement.",
};

const ALIGNMENT: Meeting = Meeting {
    title: "Starting together",
    minutes: 60,
    attendees: &[Coach, Coachee, Manager, Hr],
    items: &[
        (
            5,
            Coach,
            "Welcome: who is here, and what this hour should settle",
        ),
        (
            8,
            Manager,
            "Why coaching and why now; which aim of the organisation it serves",
        ),
        (
            7,
            Coachee,
            "Own reasons for taking part, and where to begin",
        ),
        (
            12,
            Coachee,
            "Two or three areas to work on, and what each of us will see when it goes well",
        ),
        (
            4,
            Coach,
            "Write the goals down in these words and read them back",
        ),
        (
            6,
            Coach,
            "Who does what until the end, one role after the other",
        ),
        (
            5,
            Manager,
            "Dates and length of the sessions; time, budget, assessments and training alongside",
        ),
        (
            6,
            Coach,
            "How news travels, what stays between coachee and coach, whom to turn to if something is stuck; book the mid-point and the closing meeting",
        ),
        (
            4,
            Manager,
            "Where this touches performance reviews, and where it does not",
        ),
        (3, Coachee, "Open questions and first steps"),
    ],
    next: &[
        (
            2,
            Coachee,
            "Send round the goals as they were written down.",
        ),
        (
            7,
            Hr,
            "Put the mid-point and the closing meeting into everyone's calendar.",
        ),
        (7, Manager, "Keep the session times free of other meetings."),
    ],
    preparation: "Please come with one example of what you would like to see more of, and one sentence on why it matters now.",
};

const QUARTERLY: Meeting = Meeting {
    title: "Quarterly alignment",
    minutes: 60,
    attendees: &[Coachee, Manager, Coach],
    items: &[
        (
            5,
            Coachee,
            "What this meeting should bring, and which part the coach plays in it",
        ),
        (
            10,
            Coachee,
            "What has moved since last time, as seen from the inside",
        ),
        (
            10,
            Manager,
            "What could be noticed from the outside, and what the business needs next",
        ),
        (
            15,
            Coachee,
            "One focus for the coming quarter, tied to an aim of the organisation",
        ),
        (
            12,
            Coachee,
            "The plan for it, and the support that it takes",
        ),
        (8, Coachee, "What was agreed, and when to look at it again"),
    ],
    next: &[(
        7,
        Coachee,
        "Write the agreed focus and the actions into the plan.",
    )],
    preparation: "The coachee calls this meeting, sets its agenda and brings the plan. Nothing from the sessions is asked for, and the coach brings \
        nothing from them. It takes the place of one session.",
};

const ENROLMENT: Meeting = Meeting {
    title: "Thank you for helping",
    minutes: 30,
    attendees: &[Coachee, Coach, Supporters],
    items: &[
        (4, Coachee, "Why I am asking you"),
        (
            6,
            Coachee,
            "What I am working on, and what you would notice if it works",
        ),
        (
            6,
            Coach,
            "The pulse: how often, how long it takes, and who reads what",
        ),
        (
            10,
            Coachee,
            "One idea from each of you for the next four weeks; I listen, write it down and say thank you",
        ),
        (
            4,
            Coachee,
            "What I will do with it, and when I will ask again",
        ),
    ],
    next: &[(7, Coachee, "Tell everyone which idea I try first.")],
    preparation: "Nothing to prepare. Anyone may say no, now or later, without giving a reason.",
};

const CHECK_IN: Meeting = Meeting {
    title: "Monthly check-in",
    minutes: 10,
    attendees: &[Coachee, Supporters],
    items: &[
        (2, Coachee, "What I have tried since we last spoke"),
        (
            5,
            Coachee,
            "What did you notice, and what is one idea for the next four weeks?",
        ),
        (2, Coachee, "What I take from it; no explanations"),
        (1, Coachee, "Thank you, and when I will come back to you"),
    ],
    next: &[],
    preparation: "Ten minutes on foot or by telephone are enough.",
};

const CONTEXT: Meeting = Meeting {
    title: "The context",
    minutes: 60,
    attendees: &[Coach, Coachee, Manager, Sponsor],
    items: &[
        (
            5,
            Coach,
            "What this meeting settles, and what follows from it",
        ),
        (
            15,
            Sponsor,
            "What the organisation faces, and what it hopes for from this programme",
        ),
        (
            15,
            Coachee,
            "What would make the programme worth the effort",
        ),
        (
            12,
            Manager,
            "Outcomes in plain words, and how each will be recognised",
        ),
        (
            8,
            Coach,
            "Interviews and assessment: who is asked, and who hears what",
        ),
        (5, Coach, "Dates, and who does what next"),
    ],
    next: &[(
        7,
        Coach,
        "Write down the outcomes and send them round for correction.",
    )],
    preparation: "Please bring two or three outcomes that you would still care about in a year.",
};

const SPONSOR_REVIEW: Meeting = Meeting {
    title: "Review with leader and sponsor",
    minutes: 60,
    attendees: &[Coach, Coachee, Sponsor, Manager],
    items: &[
        (
            5,
            Coach,
            "Where we are on the way, and what is not told here",
        ),
        (
            12,
            Coachee,
            "What the interviews have shown, in the coachee's own choice and words",
        ),
        (
            15,
            Coach,
            "The programme: practices, exercises, reading and dates",
        ),
        (
            13,
            Sponsor,
            "Questions and doubts; what should be different",
        ),
        (
            8,
            Manager,
            "The outcomes once more, and how each will be recognised",
        ),
        (7, Coachee, "What each of us commits to until the mid-point"),
    ],
    next: &[
        (7, Coach, "Correct the programme as agreed."),
        (7, Sponsor, "Confirm the time and the budget."),
    ],
    preparation: "The draft of the programme goes out three days before. Nobody is quoted in it.",
};

const MIDPOINT: Meeting = Meeting {
    title: "Mid-point review",
    minutes: 60,
    attendees: &[Coach, Coachee, Manager, Sponsor],
    items: &[
        (5, Coach, "What we compare today: intended and actual"),
        (10, Coachee, "What was intended, goal by goal"),
        (
            15,
            Coachee,
            "What has come of it so far, with the figures of the pulse",
        ),
        (
            12,
            Manager,
            "What has been noticed, and what is still missed",
        ),
        (
            10,
            Coach,
            "The second half: what stays, what goes, what is added",
        ),
        (
            8,
            Coachee,
            "Support that is still needed, and the next dates",
        ),
    ],
    next: &[
        (
            7,
            Coachee,
            "Write down what was intended and what came of it, as a review.",
        ),
        (7, Coach, "Change the programme as agreed."),
    ],
    preparation: "Please look at the goals and the figures beforehand, and bring one thing that you have seen yourself.",
};

const FINAL: Meeting = Meeting {
    title: "Final review",
    minutes: 60,
    attendees: &[Coach, Coachee, Manager, Sponsor],
    items: &[
        (5, Coach, "What we compare today, and what ends with it"),
        (10, Coachee, "What was intended, goal by goal"),
        (
            15,
            Coachee,
            "What has come of it: the first figures and the latest, and what they do not say",
        ),
        (10, Manager, "What is different now"),
        (5, Sponsor, "A word of recognition"),
        (
            8,
            Coachee,
            "What goes on without a coach, and who keeps an eye on it",
        ),
        (
            7,
            Coach,
            "The final report, the follow-up, and until when this portal stays open",
        ),
    ],
    next: &[
        (
            14,
            Coachee,
            "Finish the final report with the coach and hand it over.",
        ),
        (14, Manager, "Book a one-to-one in a month on what goes on."),
    ],
    preparation: "Please bring one moment from the last months in which you saw the change, or missed it.",
};

const FOLLOW_UP: Meeting = Meeting {
    title: "Follow-up",
    minutes: 45,
    attendees: &[Coach, Coachee, Manager, Sponsor],
    items: &[
        (5, Coach, "Why we meet once more"),
        (
            10,
            Coachee,
            "What has lasted, with an example for each goal",
        ),
        (
            8,
            Manager,
            "What is seen today by those who work with the coachee",
        ),
        (8, Coachee, "What has slipped, and what to do about it"),
        (8, Coach, "The final report, read again with today's eyes"),
        (6, Sponsor, "Thanks, and what comes after"),
    ],
    next: &[],
    preparation: "Please read the final report again; it is on this portal.",
};

const OTHER: Meeting = Meeting {
    title: "Meeting",
    minutes: 30,
    attendees: &[Coach, Coachee],
    items: &[
        (5, Coach, "What this meeting is for"),
        (20, Coachee, "The one thing that needs all of us"),
        (5, Coach, "Who does what by when"),
    ],
    next: &[],
    preparation: "Nothing to prepare.",
};

#[cfg(test)]
mod tests {
    use super::meeting;
    use crate::scaffold::agenda::AgendaKind;

    #[test]
    fn minutes_add_up() {
        for kind in AgendaKind::ALL {
            let meeting = meeting(kind);
            let sum: u32 = meeting.items.iter().map(|(minutes, _, _)| minutes).sum();
            assert_eq!(sum, meeting.minutes, "{}", meeting.title);
        }
    }

    #[test]
    fn meetings_have_the_length_that_the_field_knows() {
        let calibration = meeting(AgendaKind::Calibration);
        assert_eq!((calibration.minutes, calibration.items.len()), (45, 7));
        assert!(
            calibration
                .next
                .iter()
                .any(|(_, _, text)| text.starts_with("Debrief"))
        );
        assert_eq!(meeting(AgendaKind::Alignment).items.len(), 10);
        assert!((5..=15).contains(&meeting(AgendaKind::CheckIn).minutes));
    }
}
