"""`mashangyi worker`: what happens by itself: notices, clocks that run out, figures."""

HELP = "notices, deadlines and figures (run starts it together with the web server)"


def arguments(parser) -> None:
    parser.add_argument("--once", action="store_true", help="do one round and end")
    parser.add_argument(
        "--every", type=float, default=1.0, metavar="SECONDS", help="pause between rounds (default: 1)"
    )
    parser.add_argument("--json", action="store_true", help="with --once: the round as JSON")


def run(options) -> int:
    from mashangyi.doors.ops.command import set_up

    set_up()
    from mashangyi.doors.ops import rounds

    if not options.once:
        return rounds.work(options.every)
    outcome = rounds.one_round(rounds.jobs())
    rounds.show(outcome, as_json=options.json)
    return 0 if all(done.error == "" for done in outcome) else 1
