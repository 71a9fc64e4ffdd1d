"""Forms: kinds of fields, the compiled form and the one judge of its answers."""

from formroute.forms.as_stored import form_as_stored
from formroute.forms.blocks import Blocks
from formroute.forms.checked import Checked, FieldError, cell
from formroute.forms.compile import compile_form
from formroute.forms.definition import BlockDefinition, FormDefinition
from formroute.forms.field import Check, Field, Page
from formroute.forms.form import Form, Outline
from formroute.forms.form_test import FormTest
from formroute.forms.installed import installed_code, installed_kinds
from formroute.forms.judge import answer_alone
from formroute.forms.kinds import KINDS, Kind, Samples
from formroute.forms.lookup import Library
from formroute.forms.setting import CHANNELS, Setting
from formroute.forms.sketch import Sketch
from formroute.forms.told import ToldRow
from formroute.forms.written_fields import RESERVED

__all__ = [
    "CHANNELS",
    "KINDS",
    "RESERVED",
    "BlockDefinition",
    "Blocks",
    "Check",
    "Checked",
    "Field",
    "FieldError",
    "Form",
    "FormDefinition",
    "FormTest",
    "Kind",
    "Library",
    "Outline",
    "Page",
    "Samples",
    "Setting",
    "Sketch",
    "ToldRow",
    "answer_alone",
    "cell",
    "compile_form",
    "form_as_stored",
    "installed_code",
    "installed_kinds",
]
