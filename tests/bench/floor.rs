//! The floor: the files of a finished site written again in the way in which a site is published, and nothing else.

use std::fs;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// How long it takes to write the files of `site` to `out`, in seconds: as many threads as there are cores, synced, and renamed into
/// place.
pub(crate) fn seconds(site: &Path, out: &Path) -> f64 {
    let mut files = Vec::new();
    collect(site, Path::new(""), &mut files);
    let start = Instant::now();
    let staging = out.with_extension("new");
    fs::create_dir_all(&staging).expect("a folder");
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for part in files.chunks(files.len().div_ceil(threads)) {
            let staging = &staging;
            scope.spawn(move || {
                for (path, bytes) in part {
                    let path = staging.join(path);
                    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
                    fs::write(path, bytes).expect("a file");
                }
            });
        }
    });
    let folder = File::open(&staging).expect("the folder");
    rustix::fs::syncfs(&folder).expect("what was written is kept");
    fs::rename(&staging, out).expect("the folder moves");
    start.elapsed().as_secs_f64()
}

fn collect(folder: &Path, inside: &Path, files: &mut Vec<(PathBuf, Vec<u8>)>) {
    for entry in fs::read_dir(folder).expect("the site") {
        let path = entry.expect("a file").path();
        let name = inside.join(path.file_name().expect("a name"));
        if path.is_dir() {
            collect(&path, &name, files);
        } else {
            files.push((name, fs::read(&path).expect("a file")));
        }
    }
}
