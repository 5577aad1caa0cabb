//! The program `demarche`.

mod cli;

fn main() -> std::process::ExitCode {
    cli::main()
}
