//! What a browser calls itself, in two words a person knows.

/// `Edge · Windows` of a User-Agent header; what is not recognised is left out.
pub fn name_of(user_agent: &str) -> String {
    // The order matters: nearly all of them also say Chrome, Safari and Mozilla.
    const BROWSERS: &[(&str, &str)] = &[
        ("MicroMessenger", "WeChat"),
        ("DingTalk", "DingTalk"),
        ("Edg", "Edge"),
        ("QQBrowser", "QQBrowser"),
        ("HuaweiBrowser", "Huawei"),
        ("Firefox", "Firefox"),
        ("Chrome", "Chrome"),
        ("Safari", "Safari"),
    ];
    const SYSTEMS: &[(&str, &str)] = &[
        ("Windows", "Windows"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("HarmonyOS", "HarmonyOS"),
        ("Android", "Android"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ];
    let find = |words: &[(&str, &'static str)]| {
        words.iter().find(|(word, _)| user_agent.contains(word)).map(|(_, name)| *name)
    };
    let names: Vec<&str> = [find(BROWSERS), find(SYSTEMS)].into_iter().flatten().collect();
    if names.is_empty() { user_agent.chars().take(30).collect() } else { names.join(" · ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_has_a_short_name() {
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0";
        assert_eq!(name_of(edge), "Edge · Windows");
        assert_eq!(name_of("curl/8.5.0"), "curl/8.5.0");
    }
}
