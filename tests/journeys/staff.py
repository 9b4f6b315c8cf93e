"""Those in a post: each method is what they do at their desk, or outdoors on a phone."""

from .people import DESK, PHONE, Somebody, in_an_hour


class Staff(Somebody):
    """In a post, at a desk unless the work is outdoors."""

    screen = DESK

    def enters(self, username: str) -> None:
        """One tap on the login page. It offers one account for each role; another room's is put in its place."""
        self.goes("/staff/login/")
        form = self.page.locator("form[action^='/staff/demo/']").first
        form.evaluate("(form, name) => form.action = `/staff/demo/${name}/`", username)
        form.get_by_role("button").click()
        self.sees("等您办的", "h1")

    def takes_up(self, title: str) -> None:
        """From the own desk into what waits there."""
        self.goes("/desk/")
        self.page.locator(".list .row-link", has_text=title).first.click()

    def presses_key(self, key: str) -> None:
        self.page.keyboard.press(key)


class Clerk(Staff):
    """议事专员: sorts, prepares, writes down."""

    def opens_triage(self) -> None:
        self.goes("/desk/triage/")

    def accepts(self) -> str:
        """The message that lies on top, with the Enter key. Its topic's number."""
        self.presses_key("Enter")
        self.sees("已受理，开始核实")
        return self.page.locator("b.note.num").inner_text()

    def describes(self, title: str, summary: str, category: str, **more: str) -> None:
        """The drawer opens with p and is sent with Ctrl and Enter."""
        self.presses_key("p")
        self.writes(title=title, summary=summary, **more)
        self.page.locator("#describe-category").select_option(label=category)
        self.page.locator("#describe [name=summary]").press("Control+Enter")
        self.sees("公开页已更新")

    def joins_the_next(self, number: str) -> bool:
        """Put the message on top to the topic: by the key m where it is the first suggestion, by its button
        where it is another, by number where it was not found. Whether the key was enough."""
        offers = self.page.locator(".sug .offer:has(a[href*='/desk/triage/Y'])")
        ours = offers.filter(has=self.page.locator(f"a[href*='{number}']"))
        by_key = offers.count() and ours.count() and offers.first.inner_text() == ours.first.inner_text()
        if by_key:
            self.presses_key("m")
        elif ours.count():
            ours.get_by_role("button", name="并入").click()
        else:
            self.opens("按编号并入")
            self.writes(into=number)
            self.presses("并入", ".by-number")
        self.sees("已并案", ".undo")
        return bool(by_key)

    def notes_visit(self, findings: str, photo: str = "") -> None:
        self.opens("记现场查看", "#visit")
        self.writes(findings=findings)
        if photo:
            self.takes_photo(photo, self.page.locator("#visit form"))
        self.presses("记现场查看", "#visit form")
        self.sees("现场情况记下了")

    def proposes(self) -> None:
        self.presses("提交审定", "#deeds")
        self.sees("已提交审定")

    # --- before the meeting ----------------------------------------------------------------------

    def prepares(self, number: str) -> None:
        self.goes(f"/desk/prepare/{number}/")

    def notes_research(self, who: str, findings: str, party: str, voice: str) -> None:
        self.opens("记一次调研", "#research")
        self.writes(research__who=who, research__findings=findings, research__voice0=voice)
        self.chooses(research__party0=party)
        self.presses("记下", "#research")
        self.sees(findings, "#research .visit")

    def adds_option(self, title: str, cost: str, source: str, **more: str) -> None:
        self.opens("加一个方案", "#option")
        self.writes(option__title=title, option__cost=cost, **{f"option__{k}": v for k, v in more.items()})
        self.chooses(option__source=source)
        self.presses("加上", "#option")
        self.sees("加了方案")

    def invites(self, party: str, body: str, unit: str = "", affected: bool = False) -> None:
        self.opens("请一方", "#invite")
        self.chooses(invite__party=party)
        self.writes(invite__body=body)
        if unit:
            self.chooses(invite__unit=unit)
        if affected:
            self.ticks("利益相关的一方", "#invite form[action$='/invite/']")
        self.presses("邀请", "#invite form[action$='/invite/']")
        self.sees("邀请发出了")
        self.sees(body, "#invite")

    def announces(self, place: str, agenda: str, form: str, why_so_soon: str) -> str:
        """Time, place, agenda. Within three working days only with a reason. The meeting's address."""
        self.writes(announce__at=in_an_hour(), announce__place_words=place, announce__agenda=agenda)
        self.chooses(announce__form=form)
        self.opens("例外要写原因", "#announce")
        self.writes(announce__short_notice=why_so_soon)
        self.presses("公告", "#announce")
        self.sees("协商会公告了")
        return (
            self.page.get_by_role("link", name="进会场")
            .get_attribute("href")
            .replace("/desk/meeting/", "/m/")
        )

    # --- in the meeting --------------------------------------------------------------------------

    def enters_meeting(self, meeting: str) -> None:
        self.goes(meeting.replace("/m/", "/desk/meeting/"))

    def finds_the_wall(self) -> str:
        """The console's link for the screen in the room: the only one that shows the digits."""
        return self.page.get_by_role("link", name="大屏").get_attribute("href")

    def signs_in_for(self, kind: str, label: str) -> None:
        self.opens("替没有手机的人签到", "#present")
        self.writes(here__label=label)
        self.chooses(here__kind=kind)
        self.presses("签到", "#present")
        self.sees(label, "#attendances")

    def writes_down(self, words: str, speaker: str) -> None:
        self.writes(said__words=words)
        self.chooses(said__speaker=speaker)
        self.presses("记下", "#floor")
        self.sees(words, "#said")

    def counts_hands(self, *numbers: int) -> None:
        """Hands raised, in the order of the answers."""
        for n, number in enumerate(numbers):
            self._field(f"count-n{n}").fill(str(number))
        self.presses("录入", "#count")
        self.sees(f"举手 {sum(numbers)}", "#ballots .origins")

    def keeps_dissent(self, words: str, kind: str) -> None:
        self.opens("记一条保留意见", "#outcome")
        self.writes(dissent__words=words)
        self.chooses(dissent__kind=kind)
        self.page.locator("#outcome form[action$='/dissent/'] button").click()
        self.sees(words, "#dissent")


class Convener(Clerk):
    """召集人: chairs, announces the result, hands it over."""

    def opens_meeting(self, meeting: str) -> None:
        self.enters_meeting(meeting)
        self.presses("开会", ".hero")
        self.sees("正在开", "#state")

    def opens_ballot(self, question: str) -> None:
        self.opens("发起表决", "#new-ballot")
        self.writes(ballot__question=question)
        self.presses("开始表决", "#new-ballot")
        self.sees(question, "#ballots")

    def closes_ballot(self, question: str) -> None:
        self.presses("结束表决", "#ballots")
        self.sees(question, "#decided")

    def announces_result(self, summary: str, *lines: dict[str, str]) -> None:
        """The contract: each line has what, unit, cost, source, procurement, due, criterion."""
        self.writes(summary=summary)
        for n, line in enumerate(lines):
            if n:
                self.presses("再加一项")
                self.sees(f"第 {n + 1} 项", "#conclude")
            self._fills_line(n, line)
        self.presses("宣布结果并散会")
        self.sees("结果宣布了")

    def _fills_line(self, n: int, line: dict[str, str]) -> None:
        for name, words in line.items():
            field = self._field(f"item{n}-{name}")
            if name in ("unit", "source", "procurement"):
                field.select_option(label=words)
            else:
                field.fill(words)

    def hands_over(self, title: str, tasks: int) -> None:
        self.takes_up(title)
        self.follows("到办理里交办")
        self.presses("交办协商成果")
        self.sees(f"已交办 {tasks} 项任务")

    def meets_at_once(self, number: str, form: str, place: str, agenda: str, emergency: bool) -> str:
        """Sit down now, from the topic on the own desk. The meeting's address."""
        self.goes(f"/desk/at-once/{number}/")
        self.writes(words=agenda, place_words=place)
        self.chooses(form=form)
        self._field("emergency").set_checked(emergency)
        self.page.locator("#work").get_by_role("button", name="开会").click()
        self.sees("正在开", "#state")
        return self.page.url.replace("/desk/meeting/", "/m/").partition("#")[0]


class Reviewer(Staff):
    """党组织审定人: says yes or no in time, and confirms what was agreed."""

    def approves(self, title: str, conditions: str = "") -> None:
        self.goes("/desk/review/")
        self.follows(title)
        self.sees(title, "h1")
        self.writes(conditions=conditions)
        self.presses("同意协商")
        self.sees("已记下您的决定")

    def reviews_late(self, title: str, words: str) -> None:
        self.goes("/desk/review/")
        self.sees("应急处置，等您补审")
        self.follows(title)
        self.writes(words=words)
        self.presses("记下补审意见")
        self.sees("已记下您的决定")

    def confirms(self, title: str) -> None:
        self.takes_up(title)
        self.page.get_by_role("button", name="确认", exact=True).click()
        self.sees("成果确认了")


class Officer(Staff):
    """承办经办人: signs, shows each step, reports done. Never sees who reported."""

    def opens_task(self, content: str, show: str = "open") -> None:
        self.goes(f"/desk/tasks/?show={show}")
        self.page.locator("a.job", has_text=content).first.click()
        self.sees(content, "h1")

    def signs(self, content: str) -> None:
        self.opens_task(content)
        self.presses("签收", ".help")
        self.sees("已签收")

    def shows_step(self, content: str, words: str, photo: str = "during") -> None:
        self.opens_task(content)
        form = self.page.locator("form[action$='/step/']")
        form.locator("[name=words]").fill(words)
        kind = {"before": "办理前", "during": "办理中", "after": "办理后"}[photo]
        form.locator("label.tick", has_text=kind).click()
        self.takes_photo(photo, form)
        form.get_by_role("button", name="公开这一步").click()
        self.sees("居民已经能看到")
        self.sees(words, "#steps")

    def reports_done(self, content: str, words: str, cost: str) -> None:
        self.opens_task(content)
        self.opens("办好了，报告", "#done")
        form = self.page.locator("#done form")
        form.locator("[name=words]").fill(words)
        form.locator("[name=actual_cost]").fill(cost)
        self.takes_photo("after", form)
        form.get_by_role("button", name="报告办好了").click()
        self.sees("已报告办好")


class GridWorker(Staff):
    """网格员: outdoors, on a phone."""

    screen = PHONE

    def pushes(self, words: str, spot: str, urgent: bool = False) -> str:
        """A topic of the own grid. The number on the slip."""
        self.goes("/desk/file/")
        self.ticks("网格推题")
        self.writes(words=words, spot=spot)
        if urgent:
            self.ticks("有危险，要马上处理")
        self.presses("提交并打回执")
        self.sees("最迟受理")
        return self.page.locator(".big-number").inner_text()


class Member(Staff):
    """政协委员."""

    def proposes_jointly(self, words: str, spot: str, cosponsors: str) -> str:
        self.goes("/desk/propose/")
        self.writes(words=words, spot=spot, cosponsors=cosponsors)
        self.presses("提出", "#work")
        self.sees("最迟受理")
        return self.page.locator(".big-number").inner_text()
