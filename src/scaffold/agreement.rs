//! The agreement on an engagement.

use jiff::civil::Date;
use minijinja::context;

use crate::scaffold::new_files::NewFiles;
use crate::scaffold::participants::Participants;
use crate::scaffold::templates::filled;

/// What everyone but the supporters agrees to, begun on `today`.
pub fn agreement(today: Date, participants: &Participants) -> NewFiles {
    let today = today.to_string();
    let text = filled("agreement.md", context! { today, ..participants.values() });
    let path = format!("{}/agreement.md", participants.folder);
    let next = vec![
        "share it with those who are to agree, once the coachee says yes to that: `agreement = [\"manager\"]` under `[share]`".to_owned(),
        "write each one's day as `agreed`; until then that person's own page asks for it".to_owned(),
    ];
    NewFiles::one(path, text, next)
}
