//! Files that cannot be read.

use crate::{
    exports::{demo_file, look_alike},
    home::Home,
    import::{Import, Sheet},
    importing::take_in,
    native::{Native, Sight},
    pages::Data,
    shell::Shell,
    stage::journey,
};

/// File name, content, and the reason to be given.
fn broken() -> Vec<(String, Vec<u8>, &'static str)> {
    let fixture = |case: &str, reason| {
        let (bytes, ending) = look_alike(&format!("refused/{case}"));
        (format!("{case}.{ending}"), bytes, reason)
    };
    vec![
        fixture("web_page", "web_page"),
        fixture("cut_short_in_a_quote", "cut_short"),
        fixture("cut_short_in_a_row", "cut_short"),
        fixture("unknown_header", "unknown_report"),
        fixture("password_protected", "password_protected"),
        fixture("half_a_sheet", "damaged_sheet"),
        ("zeros.csv".to_owned(), vec![0; 200_000], "not_text"),
        ("nothing.csv".to_owned(), Vec::new(), "empty"),
    ]
}

#[test]
fn broken_files_are_refused_with_a_reason_and_nothing_else_is_lost() {
    journey("broken_files", |stage| {
        let (orders, shop) = (demo_file("walmart"), demo_file("orders_export"));
        let first = (orders.name.as_str(), orders.bytes.as_slice());
        let second = (shop.name.as_str(), shop.bytes.as_slice());
        let before = Native::of(&[first]).home(&Sight::default());
        let after = Native::of(&[first, second]).home(&Sight::default());
        stage.go("");
        take_in(stage, &[first]);
        Home(stage.browser()).wait_to_show(&before);

        let broken = broken();
        let mut paths: Vec<_> =
            broken.iter().map(|(name, bytes, _)| stage.file(name, bytes)).collect();
        paths.insert(2, stage.file(second.0, second.1));
        let import = Import(stage.browser());
        import.choose(&paths);
        let states = import.wait_read(paths.len());
        let mut faults = Vec::new();
        for (name, _, reason) in &broken {
            let sheet = import.look_at(name);
            if sheet != Sheet::Refused((*reason).to_owned()) || states[name] != "refused" {
                faults.push(format!("{name}: {reason} expected, {sheet:?} {}", states[name]));
            }
        }
        assert!(faults.is_empty(), "{}", faults.join("\n"));
        assert_eq!(states[second.0], "ready");

        // Before confirming nothing has changed; after it only the good file has.
        Shell(stage.browser()).go("home");
        Home(stage.browser()).wait_to_show(&before);
        Shell(stage.browser()).go("import");
        import.wait_read(paths.len());
        import.confirm();
        Shell(stage.browser()).go("home");
        Home(stage.browser()).wait_to_show(&after);
        Shell(stage.browser()).wait_saved();
        stage.browser().reload();
        Home(stage.browser()).wait_to_show(&after);
        Shell(stage.browser()).go("data");
        Data(stage.browser()).wait_for_files(2);
    });
}
