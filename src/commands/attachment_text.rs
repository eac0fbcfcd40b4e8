//! `yinfeng attachment-text`: a paper on standard input, what it says on standard output. The program starts it itself
//! (`attachments::texts::process`), and people have no use for it.

use crate::attachments::texts::process;
use crate::commands::Outcome;

#[derive(clap::Args)]
pub struct Args {
    /// What the paper is, such as application/pdf.
    media_type: String,
}

pub fn run(args: Args) -> Outcome {
    Ok(process::answer(&args.media_type, std::io::stdin().lock(), std::io::stdout().lock())?)
}
