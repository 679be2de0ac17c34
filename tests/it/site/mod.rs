//! A built site: what its pages can hold, what a build reads and what it leaves out.

mod agreement;
mod audit;
mod clocks;
mod drives;
mod fuzz;
mod git;
mod keys;
mod later;
mod links;
mod markup;
mod meetings;
mod nights;
mod opened;
mod passphrases;
mod people;
mod persons;
mod plan;
mod practices;
mod programme;
mod protection;
mod renamed;
mod report;
mod reproducible;
mod shards;
mod support;
mod theme;
