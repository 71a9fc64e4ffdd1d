"""A form as a WTForms class, for a city's own Flask templates. The judge decides there too."""

from formroute.forms.wtforms.judged import Asked, JudgedForm, wtforms_class

__all__ = ["Asked", "JudgedForm", "wtforms_class"]
