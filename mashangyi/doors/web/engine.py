"""Templates, compiled once for each language: what is the same in every drawing is worked out then.

A page asks some hundred times for words, icons and addresses that never change. Looked up while it is drawn, each
costs a microsecond or two, a third of a short page; worked out when its template is compiled, nothing.
"""

from django.template.backends.jinja2 import Jinja2
from django.utils import translation
from jinja2 import Environment, nodes
from jinja2.visitor import NodeTransformer

# Functions of templates whose answer depends on nothing but the language and what they are asked.
ALWAYS_THE_SAME = {"_", "svg", "static", "url"}
DEFAULT = "zh-hans"


class Pages(Jinja2):
    """Django's backend with an environment for each language, chosen by the one that is active.

    The option `environment` names what returns a function from a language to its environment.
    """

    @property
    def env(self) -> Environment:
        return self._in_language(translation.get_language() or DEFAULT)

    @env.setter
    def env(self, in_language) -> None:
        self._in_language = in_language


class Worked(Environment):
    """An environment that works out beforehand what is always the same, in its `language`."""

    def __init__(self, language: str, **options):
        self.language = language
        super().__init__(**options)

    def _parse(self, source, name, filename):
        tree = super()._parse(source, name, filename)
        return _Working(self, ALWAYS_THE_SAME - _named_in(tree)).visit(tree)


def _named_in(tree: nodes.Template) -> set[str]:
    """Names that the template gives to things of its own."""
    names = {each.name for each in tree.find_all(nodes.Name) if each.ctx != "load"}
    return names | {each.name for each in tree.find_all(nodes.Macro)}


class _Working(NodeTransformer):
    def __init__(self, environment: Worked, known: set[str]):
        self.environment, self.known = environment, known

    def visit_Call(self, node):  # noqa: N802 — the name the visitor looks for
        node = self.generic_visit(node)
        given = [*node.args, *(keyword.value for keyword in node.kwargs)]
        if not isinstance(node.node, nodes.Name) or node.node.name not in self.known:
            return node
        if node.dyn_args or node.dyn_kwargs or not all(isinstance(each, nodes.Const) for each in given):
            return node
        with translation.override(self.environment.language):
            answer = self.environment.globals[node.node.name](
                *(each.value for each in node.args), **{each.key: each.value.value for each in node.kwargs}
            )
        return nodes.Const(answer, lineno=node.lineno)
