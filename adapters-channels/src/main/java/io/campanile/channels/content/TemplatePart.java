package io.campanile.channels.content;

import com.samskivert.mustache.Escapers;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import com.samskivert.mustache.Template;

import io.campanile.application.content.port.RenderingFailed;
import io.campanile.application.content.port.TemplateInvalid;
import io.campanile.domain.content.ParsedTemplate;
import io.campanile.domain.content.Reference;
import io.campanile.domain.content.TemplateNode;

import java.util.List;
import java.util.Map;

/// One compiled template. The tags are written anew for JMustache, so that what a name means is
/// decided by our parser alone and agrees with the contract.
final class TemplatePart {
    private static final Mustache.Compiler PLAIN =
            Mustache.compiler()
                    .escapeHTML(false)
                    .emptyStringIsFalse(true)
                    .withFormatter(ValueFormat::format)
                    .withCollector(new MapCollector());
    private static final Mustache.Compiler HTML = PLAIN.withEscaper(Escapers.HTML);

    private final String place;
    private final Template template;

    private TemplatePart(String place, Template template) {
        this.place = place;
        this.template = template;
    }

    static TemplatePart ofText(String place, String source) {
        return compile(PLAIN, place, parse(place, source));
    }

    static TemplatePart ofHtml(String place, List<TemplateNode> nodes) {
        return compile(HTML, place, nodes);
    }

    /// What a part consists of.
    ///
    /// @throws TemplateInvalid when it is not understood
    static List<TemplateNode> parse(String place, String source) {
        ParsedTemplate parsed = ParsedTemplate.parse(place, source);
        if (!parsed.findings().isEmpty()) {
            var finding = parsed.findings().getFirst();
            throw new TemplateInvalid(finding.place() + ": " + finding.message());
        }
        return parsed.nodes();
    }

    private static TemplatePart compile(
            Mustache.Compiler compiler, String place, List<TemplateNode> nodes) {
        var written = new StringBuilder();
        write(nodes, written);
        return new TemplatePart(place, compiler.compile(written.toString()));
    }

    private static void write(List<TemplateNode> nodes, StringBuilder written) {
        for (TemplateNode node : nodes) {
            switch (node) {
                case TemplateNode.Text(String value) -> written.append(value);
                case TemplateNode.Comment() -> written.append("{{!}}");
                case TemplateNode.Variable variable ->
                        tag(variable.raw() ? "&" : "", variable.reference(), written);
                case TemplateNode.Section section -> {
                    tag(section.inverted() ? "^" : "#", section.reference(), written);
                    write(section.children(), written);
                    tag("/", section.reference(), written);
                }
            }
        }
    }

    private static void tag(String sigil, Reference reference, StringBuilder written) {
        written.append("{{").append(sigil).append(MapCollector.key(reference)).append("}}");
    }

    String render(Map<String, Object> roots) {
        var out = new CappedWriter(place);
        try {
            template.execute(new MapCollector.Roots(roots, new Steps(place)), out);
        } catch (MustacheException.Context e) {
            if (e.getCause() instanceof RenderingFailed failed) {
                throw failed;
            }
            throw new RenderingFailed(place + ": " + MapCollector.shown(e.key) + " has no value");
        }
        return out.toString();
    }
}
