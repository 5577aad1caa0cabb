//! How the program is linked. The library takes no part in this.

fn main() {
    let target = |what: &str| std::env::var(format!("CARGO_CFG_TARGET_{what}")).unwrap_or_default();
    // A program that may be loaded anywhere has 70,000 addresses to mend before `main`, most of them in tables that a search never reads
    // (names of entities and glyphs, stemmers of 24 languages): a third of the time of a search. Without `unsafe` of our own there is
    // little that a fixed place could give away.
    if target("OS") == "linux" && target("ENV") == "gnu" && std::env::var("PROFILE").is_ok_and(|p| p == "release") {
        println!("cargo::rustc-link-arg-bins=-no-pie");
    }
    println!("cargo::rerun-if-changed=.cargo/build.rs");
}
