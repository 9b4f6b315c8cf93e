"""`mashangyi doctor`: is everything as it was written, and as it should be."""

import json

HELP = (
    "verify the journal, recount the figures, look at the installation; exit code 1 when something is wrong"
)


def arguments(parser) -> None:
    parser.add_argument("--json", action="store_true", help="the findings as JSON")
    parser.add_argument("--photos", action="store_true", help="read every photo, too (slow in a large town)")


def run(options) -> int:
    from mashangyi.doors.ops.command import set_up

    set_up()
    from mashangyi.doors.ops import health

    findings = health.examine(photos_too=options.photos)
    faulty = [finding for finding in findings if finding.faults]
    if options.json:
        report = {"healthy": not faulty, "checks": [health.as_dict(finding) for finding in findings]}
        print(json.dumps(report, ensure_ascii=False, indent=2))
    else:
        for finding in findings:
            print(health.as_words(finding))
        print(health.summary(findings))
    return 1 if faulty else 0
