//! Engagement to what one reader sees: the one place where a reader's view is made.
//!
//! The rule it guards: everything is revealed first and derived afterwards. Titles, counts, numbers, places in the page, next and
//! past, and the ranges of charts come from what the reader sees, never from what there is.
//!
//! # The promise
//!
//! For every reader: change, add, delete, rename or reorder anything that this reader may not see, and the reader's page and all
//! files that readers share stay the same, byte for byte. The one exception is figures, which hidden answers may move as far as
//! [`crate::progress`] allows. `tests/it/worlds` builds pairs of folders and compares; `tests/it/oracle` decides there who may see
//! what, from these rules alone.
//!
//! # Who sees what
//!
//! 1. **Nothing is shared unless the folder says so.** A part with no `share` has the audience of the coachee and the coach alone
//!    ([`Audience::coachee_alone`]).
//! 2. **The coachee sees everything that anyone sees, and so does the coach** ([`Role::sees_all_that_is_shared`]). Notes, passages
//!    marked `::: private` and raters' comments are for no one: no type holds them.
//! 3. **The coachee's consent comes first.** Before the day of `[share] agreed`, and where there is none, nobody but the coachee has a
//!    portal ([`Engagement::readers`]). The page says when it was given ([`SharingView::agreed`]).
//! 4. **An audience is a list** of roles, stakeholder ids, `everyone`, or for meetings `attendees`; any other word is an error. The
//!    nearest list counts, part by part: the item's own ([`Audience::said_by_itself`]), else the engagement's ([`Engagement::share`]).
//! 5. **A passage can only narrow.** `::: only …` is for those of its list who also see what it stands in: a text is first revealed
//!    as a whole by its [`Guarded`], and then passage by passage ([`Prose::reveal_to`]).
//! 6. **A supporter sees only the goals that list them.** The reading of the folder takes the others out of every audience of the
//!    goal, and out of everything that is derived from it ([`Audience::narrowed`]).
//! 7. **Groups, follow-up seen and the coachee's own rating are figures too**: only who sees the figures of a goal sees them. The
//!    reading of the folder narrows all three.
//! 8. **A picture or document is published only inside a page that shows it.** `markdown.rs` names it in the text in which a
//!    passage that the reader sees does, and the page holds those that are named so ([`ShownFiles`]); pictures have lost their metadata before.
//! 9. **Markdown passes an allow-list** ([`refusal`], [`target`]): no raw HTML, comments, heading attributes or remote pictures;
//!    links lead to http, https, mailto, tel and `files/`. What is not allowed is an error when the folder is read, and is left out here.
//!
//! # Corner cases
//!
//! - The firm, the engagement's title, and the reader's own name and role are in every portal ([`PortalView`]); so is what the
//!   reader's own role does ([`PortalView::my_role`]). Purpose, dates, sessions, milestones, communication, roles and the
//!   journey are the part `facts` ([`FactsView`]); how the coaching touches performance reviews is in it too, but never for a supporter.
//! - Of an assessment its kind, name and day are facts; they are read with its themes, too, which are the part `assessments`
//!   (`assessments.rs`). One that is still to be held is announced, and its themes wait for its day ([`Engagement::split_off`]).
//! - The journey's present step is set, or comes from milestones and steps whose day has come (`facts.rs`), never from meetings, rounds
//!   or reviews, which a reader may not see. Where nothing says it, the page claims no step.
//! - Whoever sees an action, meeting or outcome sees the names in it. Who rates a goal is told with
//!   the part `people`; who rated what is never shown.
//! - The coachee, the coach and the managers are known to every reader. Who else takes part, and job titles, are the part `people`
//!   (`people.rs`).
//! - People have a time. Before `from` and from `until` on nobody has a portal; a reader is what the person is on the day of the build, and
//!   audiences name a person in a part ([`Member`]). Those who have left, the days that have come and what someone was before are told
//!   with the part `people`; a day to come is told to nobody.
//! - Ids are never on a page, and what is made from them is made from the oldest one (`was`): a name that is mended changes no page.
//! - The agreement ([`AgreementView`]) is the part `agreement`. Whoever reads it reads who has said yes, to which text, and for whom it is
//!   still open; a party who may not read it is not asked (`agreement.rs`). It is not the coachee's word for sharing.
//! - A goal is in a portal as soon as the reader sees its wording, its figures or an action (`Perspective::of`). Goals are numbered among
//!   those that the reader sees. Without the wording the alias stands for the title, and without an alias the number ([`GoalName`]).
//! - That an action was dropped, and why, is read with the action; a goal's earlier words ([`BeforeView`]) are read with its wording; the
//!   day on which it was reached and the coachee's own line about it ([`Standing`]) with its progress, figures or not.
//! - An outcome (of a meeting, a review or the programme), competency, theme or support tied to a goal is there only where the reader sees the goal's wording or its figures
//!   (`SeenGoal::carries`). Themes also need enough raters behind their round ([`RoundFigures::carries_themes`]).
//! - What the programme is to bring about, how it stood, and what was changed in it are the part `reviews` (`programme.rs`): they say what
//!   reviews compare and what came of them, and a reader of dates need not know either. A correction of a day to come waits for it.
//! - The latest final review is the final report (`stories.rs`): it also speaks of every other goal of which the reader sees figures or the
//!   day on which it was reached, and repeats nothing that the page does not hold for that reader anyway.
//! - What coachee and coach settle between them after a meeting ([`Agenda::debrief`]) is for the two alone, whoever sees the meeting.
//!   Support that is asked for is on the page of the person who is asked until it was given (`actions.rs`).
//! - The next meeting, its calendar entry and all counts come from the meetings that the reader sees (`meetings.rs`). A meeting of today is still to come.
//! - Every portal says what its reader may read: the parts of which the page holds something ([`SharingView::parts`]). The coachee and
//!   the coach see who reads what, in a table ([`SharingView::table`]) and at each item and passage; nobody else does.
//! - `portal = false` and a past day of `closes` mean no page and no link ([`Engagement::readers`]). A reader of no facts still has
//!   a page, with what else is shared.
//! - A round, theme, update or review of a day to come is not known before that day ([`Engagement::split_off`]).
//! - Where a text still holds a placeholder in ‹…›, nobody has a portal ([`Engagement::is_draft`]).
//! - Of the day of the build a page shows only what is past and next. Its own day, "as of" ([`PortalView::as_of`]), is the latest on which
//!   anything on it came about (`day.rs`): as long as none of its days comes, the page stays byte for byte. That no round was held for long
//!   (`quiet.rs`) and that the page closes soon are said from a day on that counts among them. What is new (`latest.rs`) is made of the
//!   finished view. That an action is overdue is
//!   for its owner, the coachee and the coach (`actions.rs`); others read the day by which.
//!
//! # What a portal is
//!
//! One reader, one page, one file, complete in itself: pictures, charts and calendar entries are inside, nothing is loaded, stored
//! or sent, and reading it needs no JavaScript but to open a sealed page. [`PortalView`] holds all that a theme can show of it.
//!
//! [`Agenda::debrief`]: crate::engagement::agenda::Agenda::debrief
//! [`Audience::coachee_alone`]: crate::engagement::audience::Audience::coachee_alone
//! [`Audience::narrowed`]: crate::engagement::audience::Audience::narrowed
//! [`Audience::said_by_itself`]: crate::engagement::audience::Audience::said_by_itself
//! [`AgreementView`]: crate::portal::view::agreement::AgreementView
//! [`BeforeView`]: crate::portal::view::BeforeView
//! [`FactsView`]: crate::portal::view::FactsView
//! [`Member`]: crate::engagement::audience::Member
//! [`GoalName`]: crate::portal::view::GoalName
//! [`Guarded`]: crate::engagement::audience::Guarded
//! [`Prose::reveal_to`]: crate::engagement::prose::Prose::reveal_to
//! [`Role::sees_all_that_is_shared`]: crate::engagement::stakeholder::Role::sees_all_that_is_shared
//! [`RoundFigures::carries_themes`]: crate::progress::figures::RoundFigures::carries_themes
//! [`SharingView::agreed`]: crate::portal::view::SharingView::agreed
//! [`SharingView::parts`]: crate::portal::view::SharingView::parts
//! [`SharingView::table`]: crate::portal::view::SharingView::table
//! [`ShownFiles`]: crate::portal::files::ShownFiles
//! [`Standing`]: crate::engagement::goal::Standing
//! [`refusal`]: crate::engagement::prose::refusal
//! [`target`]: crate::engagement::prose::target

mod actions;
mod agreement;
pub mod asking;
mod assessments;
pub mod chart;
mod day;
mod facts;
pub mod files;
mod firm;
mod follow_up;
mod goals;
pub mod html;
mod latest;
mod markdown;
mod meetings;
mod people;
mod perspective;
mod portals;
mod present;
mod programme;
mod progress;
mod quiet;
#[cfg(test)]
pub(crate) mod samples;
mod sharing;
pub mod sight;
mod since;
pub mod states;
mod stories;
pub mod view;
mod who_reads;
mod withheld;

use crate::engagement::Engagement;
use crate::engagement::audience::{Part, Reader};
use crate::engagement::firm::Firm;
use crate::engagement::today::Today;
use crate::portal::perspective::Perspective;
use crate::portal::sight::{OnNoPage, Sight};
use crate::portal::view::PortalView;
use crate::progress::figures::Figures;

/// What the portals of an engagement are made from.
#[derive(Clone, Copy)]
pub struct PortalSource<'a> {
    /// The firm that coaches.
    pub firm: &'a Firm,
    /// The engagement, as the coach knows it.
    pub engagement: &'a Engagement,
    /// Its figures.
    pub figures: &'a Figures,
}

impl PortalView {
    /// Returns what `reader` sees of the engagement on `today`.
    pub fn of(source: PortalSource<'_>, reader: &Reader, today: Today<'_>) -> Self {
        let (engagement, figures) = (source.engagement, source.figures);
        let mut perspective = Perspective::of(engagement, figures, reader, today);
        let sees_all = reader.role().sees_all_that_is_shared();
        let sight = sees_all.then(|| Sight::of(engagement, figures, today, OnNoPage::default()));
        perspective.who_reads = sight
            .as_ref()
            .map(|sight| sharing::who_reads(&perspective, sight));
        let goals = goals::views(&perspective);
        let meetings = meetings::views(&perspective);
        let facts = facts::view(&perspective);
        let agreement = agreement::view(&perspective);
        let assessments = assessments::views(&perspective);
        let asked = actions::asked(&perspective, agreement.as_deref(), &meetings.asked);
        let updates = stories::updates(&perspective);
        let reviews = stories::reviews(&perspective);
        let outcomes = programme::outcomes_beyond(&perspective, &reviews);
        let corrections = programme::corrections(&perspective);
        let contents = sharing::Contents {
            facts: facts.as_deref(),
            sees_people: people::are_all_seen(&perspective),
            sees_assessments: !assessments.is_empty()
                && engagement.shares(Part::Assessments, reader),
            goals: &goals,
            sees_more_of_programme: !(outcomes.is_empty() && corrections.is_empty()),
            agreement: agreement.as_deref(),
        };
        let mut view = Self {
            firm: firm::view(source.firm),
            title: engagement.title.clone(),
            reader: perspective.reader_view(),
            as_of: None,
            closes: engagement.closes,
            closes_soon: day::is_near(engagement.closes, today),
            latest: Vec::new(),
            sharing: sharing::view(&perspective, &contents, sight.as_ref()),
            my_role: facts::role_of_reader(&perspective),
            actions: actions::tally(&perspective, &goals),
            withheld: withheld::since(&perspective),
            updates,
            outcomes,
            corrections,
            reviews,
            agreement,
            next_meeting: meetings.next,
            later_meetings: meetings.later,
            past_meetings: meetings.past,
            people: people::views(&perspective),
            facts,
            assessments,
            asked,
            goals,
        };
        view.latest = latest::of(&view, today);
        view.as_of = day::of(&view, today);
        view
    }
}
