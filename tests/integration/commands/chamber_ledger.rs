//! `yinfeng import chambers` and `yinfeng export chambers`: what comes in goes out and comes again unchanged.

use super::{count, mode};
use crate::support::program::Program;

const LEDGER: &str = "商会名称,类型,所在地,会长,任职起,联系电话\n\
                      示例甲商会,异地商会,广东省东莞市,示例会长,2024-05-18,12000000101\n\
                      示例乙协会,行业协会,灵山县,,,\n\
                      示例丙商会,本地商会,桃花源,,,\n";

#[test]
fn a_register_comes_in_goes_out_and_comes_again_unchanged() {
    let program = Program::with_user("bureau_officer");
    let file = |name: &str| program.folder().join(name).to_str().unwrap().to_owned();
    let (ledger, report, out) = (file("chambers.csv"), file("report.jsonl"), file("out.xlsx"));
    std::fs::write(&ledger, LEDGER).unwrap();
    let import = ["import", "chambers", &ledger, "--user", "officer"];
    let tried = program.json(&[&import[..], &["--dry-run", "--json"]].concat());
    assert_eq!((tried["new"].as_i64(), tried["rejected"].as_i64()), (Some(2), Some(1)));
    assert_eq!(count(&program.database(), "chambers"), 0);
    let told = program.done(&[&import[..], &["--report", &report]].concat(), "");
    assert_eq!(told.trim(), "3 rows: 2 imported, 0 updated, 0 duplicates, 1 rejected");
    assert_eq!(mode(&report), 0o600);
    let lines = std::fs::read_to_string(&report).unwrap();
    let last: serde_json::Value = serde_json::from_str(lines.lines().last().unwrap()).unwrap();
    assert_eq!((last["column"].as_str(), last["reason"].as_str()), (Some("所在地"), Some("region_unknown")));
    program.done(&["export", "chambers", &out, "--user", "officer"], "");
    let again = program.done(&["import", "chambers", &out, "--user", "officer"], "");
    assert_eq!(again.trim(), "2 rows: 0 imported, 0 updated, 2 duplicates, 0 rejected");
    assert_eq!(count(&program.database(), "chamber_entries"), 1);
}

#[test]
fn who_does_not_keep_the_register_does_not_import_it() {
    let program = Program::with_user("bureau_officer");
    program.add_user("leader", "county_leader");
    let file = program.folder().join("chambers.csv").to_str().unwrap().to_owned();
    std::fs::write(&file, LEDGER).unwrap();
    for command in ["import", "export"] {
        let (status, told) = program.refused(&[command, "chambers", &file, "--user", "leader"], "");
        assert_eq!(status, 1, "{told}");
        assert!(told.contains("county_leader"), "{told}");
    }
}
