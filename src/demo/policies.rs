//! The demonstration's own policy version: the real plan has ended, and a pool without a quota shows nothing.

use super::Files;
use crate::config::Settings;
use anyhow::Context;

/// Writes seeds/demo/policies into the data folder, where policy versions are read from when the ground opens.
///
/// # Errors
/// When the folder cannot be written.
pub fn lay_out(settings: &Settings) -> anyhow::Result<()> {
    let folder = settings.policies_dir();
    std::fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
    for path in Files::iter() {
        let Some(name) = path.strip_prefix("policies/") else { continue };
        let file = Files::get(&path).with_context(|| format!("seeds/demo/{path} is missing"))?;
        std::fs::write(folder.join(name), file.data).with_context(|| format!("seeds/demo/{path}"))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policies::Policies;

    #[test]
    fn a_demonstration_has_a_version_that_is_marked() {
        let folder = tempfile::tempdir().unwrap();
        let settings = Settings::from_parts("", &[]).unwrap().in_folder(folder.path());
        lay_out(&settings).unwrap();
        let all = Policies::load(Some(&settings.policies_dir())).unwrap();
        assert!(all.of_year(2026).is_some_and(|version| version.demonstration));
    }
}
