//! What a good coach would look at again about who attends: a meeting waits for nobody who has left.

use crate::content::practice::Look;
use crate::engagement::advice::Advice;
use crate::engagement::agenda::Agenda;
use crate::engagement::kind::ItemKind;
use crate::engagement::stakeholder::Presence;

impl Look<'_> {
    /// Everyone who is to attend a meeting on a day on which that person takes no part any more.
    pub(super) fn at_attendance(&mut self, agendas: &[&Agenda]) {
        let to_come = agendas
            .iter()
            .filter(|agenda| agenda.start.date() >= self.today);
        let mut gone = Vec::new();
        for agenda in to_come {
            let day = agenda.start.date();
            let people = agenda.attendees.iter();
            let people = people.filter_map(|id| self.engagement.stakeholder(id));
            let left =
                people.filter(|person| person.time.presence_on(day.into()) == Presence::Gone);
            gone.extend(left.map(|person| (agenda, &person.id, person.time.until)));
        }
        for (agenda, id, until) in gone {
            let until = until.map_or_else(String::new, |until| format!(" (`until = {until}`)"));
            let message = format!("`{id}` is to attend this meeting, and has left by then{until}");
            let hint = "take the id out of `attendees`, and put whoever follows in its place";
            let file = ItemKind::Agenda.path(&format!("{}.md", agenda.id));
            self.tell(Advice::AttendeeLeft, &file, message, hint);
        }
    }
}
