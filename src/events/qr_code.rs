//! A QR code (ISO/IEC 18004) as the path of an SVG picture, so that it needs no picture file and prints sharp.

use qrcode::{Color, EcLevel, QrCode};
use std::fmt::Write;

/// Modules of white around the code, which the standard asks for.
const QUIET: usize = 4;

/// A code, drawn: `size` units on each side, and the black squares as an SVG path in them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawing {
    pub size: usize,
    pub path: String,
}

/// Draws a text; `None` for one that is too long for any code. A quarter of a code may be covered or torn (level Q).
pub fn drawn(text: &str) -> Option<Drawing> {
    let code = QrCode::with_error_correction_level(text, EcLevel::Q).ok()?;
    let width = code.width();
    let mut path = String::new();
    for (row, colors) in code.to_colors().chunks(width).enumerate() {
        let mut at = 0;
        while at < width {
            let run = colors[at..].iter().take_while(|color| **color == colors[at]).count();
            if colors[at] == Color::Dark {
                // Neighbours in a line are one rectangle: a third of the text.
                let _ = write!(path, "M{} {}h{run}v1h-{run}z", at + QUIET, row + QUIET);
            }
            at += run;
        }
    }
    Some(Drawing { size: width + 2 * QUIET, path })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The squares that the path fills.
    fn filled(drawing: &Drawing) -> Vec<(usize, usize)> {
        let mut squares = Vec::new();
        for part in drawing.path.split_terminator('z') {
            let (from, shape) = part.trim_start_matches('M').split_once('h').unwrap();
            let (x, y) = from.split_once(' ').unwrap();
            let (x, y): (usize, usize) = (x.parse().unwrap(), y.parse().unwrap());
            let run: usize = shape.split_once('v').unwrap().0.parse().unwrap();
            assert_eq!(shape, format!("{run}v1h-{run}"));
            squares.extend((x..x + run).map(|x| (x, y)));
        }
        squares
    }

    #[test]
    fn the_path_fills_the_dark_squares_and_no_other() {
        let text = "https://yinfeng.example/check-in/0123456789abcdefghijklmnopqrstuvwxyzABCDEFG";
        let drawing = drawn(text).unwrap();
        let code = QrCode::with_error_correction_level(text, EcLevel::Q).unwrap();
        assert_eq!(drawing.size, code.width() + 8);
        let dark: Vec<(usize, usize)> = code
            .to_colors()
            .iter()
            .enumerate()
            .filter(|(_, color)| **color == Color::Dark)
            .map(|(at, _)| (at % code.width() + 4, at / code.width() + 4))
            .collect();
        assert_eq!(filled(&drawing), dark);
        // The finder pattern in the upper left corner begins with seven dark squares.
        assert!(drawing.path.starts_with("M4 4h7v1h-7z"), "{}", &drawing.path[..40]);
    }

    #[test]
    fn what_no_code_holds_is_not_drawn() {
        assert_eq!(drawn(&"x".repeat(5000)), None);
    }
}
