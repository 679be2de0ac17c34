//! The kinds of file, each with the type that reads it.

pub(in crate::content) mod action_table;
pub(in crate::content) mod agenda_file;
pub(in crate::content) mod agreement_file;
pub(in crate::content) mod assessment_table;
pub(in crate::content) mod attachments;
pub(in crate::content) mod communication_table;
pub(in crate::content) mod engagement_file;
pub(in crate::content) mod goal_file;
pub(in crate::content) mod idea_table;
pub(in crate::content) mod journey_table;
pub(in crate::content) mod known;
pub(in crate::content) mod passphrases;
pub(in crate::content) mod people;
pub(in crate::content) mod persons;
pub(in crate::content) mod programme_table;
pub(in crate::content) mod prose;
pub(in crate::content) mod pulse_table;
pub(in crate::content) mod ratings_file;
pub(in crate::content) mod round_text;
pub(in crate::content) mod sessions_table;
pub(in crate::content) mod share_table;
pub mod sheet;
pub(in crate::content) mod site_file;
pub(in crate::content) mod site_words;
pub(in crate::content) mod stakeholder_table;
pub(in crate::content) mod story_file;
pub(in crate::content) mod themes_file;
