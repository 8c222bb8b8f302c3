package io.campanile.domain.content;

import java.util.List;

/// A piece of a parsed template, in the order it was written.
public sealed interface TemplateNode {
    /// Copied to the output as it is.
    record Text(String value) implements TemplateNode {}

    /// `{{!…}}`: nothing, but a line that holds only this is dropped.
    record Comment() implements TemplateNode {}

    /// `{{x}}`, or with `raw` `{{{x}}}` and `{{&x}}`.
    record Variable(Reference reference, boolean raw, Position position) implements TemplateNode {}

    /// `{{#x}}…{{/x}}`, or `{{^x}}…{{/x}}` when inverted.
    record Section(
            Reference reference, boolean inverted, List<TemplateNode> children, Position position)
            implements TemplateNode {
        public Section {
            children = List.copyOf(children);
        }
    }

    /// Where a tag begins, both counted from 1.
    record Position(int line, int column) {
        @Override
        public String toString() {
            return line + ":" + column;
        }
    }
}
