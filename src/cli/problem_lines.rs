//! Problems, for programs.

use serde::Serialize;

use crate::diagnostic::{Diagnostic, Severity};

/// One problem, for programs.
#[derive(Serialize)]
pub(super) struct ProblemLine<'a> {
    severity: &'a str,
    message: &'a str,
    file: Option<&'a str>,
    line: Option<usize>,
    column: Option<usize>,
    hint: Option<&'a str>,
}

/// Problems for programs.
pub(super) fn problem_lines(problems: &[Diagnostic]) -> Vec<ProblemLine<'_>> {
    let line = |problem| {
        let problem: &Diagnostic = problem;
        ProblemLine {
            severity: match problem.severity() {
                Severity::Error => "error",
                Severity::Warning => "warning",
            },
            message: problem.message(),
            file: problem.file(),
            line: problem.position().map(|(line, _)| line),
            column: problem.position().map(|(_, column)| column),
            hint: problem.hint(),
        }
    };
    problems.iter().map(line).collect()
}
