package io.campanile.domain.content;

import io.campanile.domain.content.TemplateNode.Position;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Walks declarations and templates and gathers the variables they name, with what is wrong.
final class ContractDraft {
    /// What the campaign and the message itself offer to templates.
    private static final Map<String, Set<String>> OFFERED =
            Map.of(
                    "campaign", Set.of("name", "displayName"),
                    "message", Set.of("id"),
                    "links", Set.of("unsubscribe"));

    private final FieldDraft context = new FieldDraft(null, "context");
    private final FieldDraft profile = new FieldDraft(null, "profile");
    private final List<Finding> findings = new ArrayList<>();
    private final Map<Integer, FieldDraft> defaults = new LinkedHashMap<>();

    private ContractDraft() {}

    static ContractDraft of(EmailContent content, List<DeclaredField> declared) {
        var draft = new ContractDraft();
        for (int index = 0; index < declared.size(); index++) {
            draft.declare(index, declared.get(index));
        }
        draft.read("content.subject", content.subject());
        draft.read("content.preheader", content.preheader());
        draft.read("content.html", content.html());
        draft.read("content.text", content.text());
        draft.read("content.reply_to", content.replyTo());
        draft.defaults.forEach(draft::compareDefault);
        return draft;
    }

    Contract freeze() {
        var fields = new ArrayList<ContractField>();
        context.list(fields);
        profile.list(fields);
        return new Contract(context.freeze(), profile.freeze(), fields);
    }

    List<Finding> findings() {
        var all = new ArrayList<>(findings);
        all.addAll(context.findings());
        all.addAll(profile.findings());
        return all;
    }

    FieldDraft profile() {
        return profile;
    }

    private void declare(int index, DeclaredField field) {
        Optional<FieldDraft> draft = declaredDraft(field.path());
        if (draft.isEmpty()) {
            refuse(
                    index,
                    "path",
                    "The path does not name a variable.",
                    "Write a path such as context.order.id or context.items[].name.");
            return;
        }
        if (draft.get().isDeclared()) {
            refuse(index, "path", "The field is declared twice.", "Remove one of the two.");
            return;
        }
        Object defaultValue = json(index, "default_value", field, field.defaultValue());
        json(index, "example", field, field.example());
        draft.get().declare(field, defaultValue);
        if (defaultValue != null) {
            defaults.put(index, draft.get());
        }
    }

    /// Once all templates were read: they may look into it, or print it.
    private void compareDefault(int index, FieldDraft field) {
        field.freeze().checkDefault().stream()
                .findFirst()
                .ifPresent(violation ->
                        refuse(
                                index,
                                "default_value",
                                "The content cannot use it: %s %s."
                                        .formatted(violation.path(), violation.description()),
                                "Write a value as triggers have to."));
    }

    /// The value of an example or default; null when there is none or it is wrong.
    private @Nullable Object json(int index, String part, DeclaredField field, String text) {
        if (text.isEmpty()) {
            return null;
        }
        Optional<JsonText.Value> parsed = JsonText.parse(text);
        Object value = parsed.isEmpty() ? null : parsed.get().value();
        if (value == null) {
            refuse(index, part, "It is not a JSON value.", "Put strings in double quotes.");
            return null;
        }
        String problem = ValueTypes.problem(field.type(), value);
        if (problem != null) {
            refuse(index, part, "It " + problem + ".", "Write a value of the declared type.");
            return null;
        }
        return value;
    }

    private void refuse(int index, String part, String message, String whatToDo) {
        findings.add(
                new Finding(
                        Finding.Level.ERROR,
                        Finding.Code.FIELD_DECLARATION_INVALID,
                        "declared_fields[" + index + "]." + part,
                        message,
                        whatToDo));
    }

    private Optional<FieldDraft> declaredDraft(String path) {
        String[] steps = path.split("\\.", -1);
        FieldDraft draft = root(steps[0]);
        if (draft == null || steps.length < 2 || steps.length > ParsedTemplate.MOST_NESTED) {
            return Optional.empty();
        }
        for (int step = 1; step < steps.length; step++) {
            String name = steps[step];
            boolean elements = name.endsWith("[]");
            name = elements ? name.substring(0, name.length() - 2) : name;
            if (!Reference.NAME.matcher(name).matches()) {
                return Optional.empty();
            }
            draft = elements ? draft.field(name).element() : draft.field(name);
        }
        return Optional.of(draft);
    }

    private @Nullable FieldDraft root(String name) {
        return switch (name) {
            case "context" -> context;
            case "profile" -> profile;
            default -> null;
        };
    }

    private void read(String place, String source) {
        ParsedTemplate template = ParsedTemplate.parse(place, source);
        findings.addAll(template.findings());
        walk(template.nodes(), new Surroundings(place, null, null, false, Set.of(), Set.of()));
    }

    /// What stands around a tag.
    ///
    /// @param element what names without a root belong to
    /// @param self what `.` means
    /// @param guards what the sections around look at, so that it is there when the tag is reached
    /// @param absent what the inverted sections around look at, so that it is not
    private record Surroundings(
            String place,
            @Nullable FieldDraft element,
            @Nullable FieldDraft self,
            boolean inSection,
            Set<FieldDraft> guards,
            Set<FieldDraft> absent) {

        Surroundings inside(FieldDraft section) {
            FieldDraft scope = section.scope();
            FieldDraft itself = section.itself();
            return new Surroundings(
                    place,
                    scope == null ? element : scope,
                    itself == null ? self : itself,
                    true,
                    with(guards, section),
                    absent);
        }

        /// Inside a section over a value that no trigger carries.
        Surroundings insideOffered(Reference value) {
            var offered = new FieldDraft(null, value.toString());
            return new Surroundings(place, element, offered, true, guards, absent);
        }

        Surroundings without(FieldDraft section) {
            return new Surroundings(
                    place, element, self, inSection, with(guards, section), with(absent, section));
        }

        private static Set<FieldDraft> with(Set<FieldDraft> some, FieldDraft one) {
            var all = new HashSet<>(some);
            all.add(one);
            return all;
        }
    }

    private void walk(List<TemplateNode> nodes, Surroundings around) {
        for (TemplateNode node : nodes) {
            switch (node) {
                case TemplateNode.Text _, TemplateNode.Comment _ -> {}
                case TemplateNode.Variable variable -> print(variable, around);
                case TemplateNode.Section section -> enter(section, around);
            }
        }
    }

    private void print(TemplateNode.Variable variable, Surroundings around) {
        FieldDraft draft = resolve(variable.reference(), variable.position(), around);
        if (draft == null) {
            return;
        }
        if (draft == context || draft == profile) {
            invalid(
                    variable.position(),
                    around,
                    draft.path() + " as a whole cannot be printed.",
                    "Name one of its fields, such as " + draft.path() + ".name.");
        } else if (draft.isIn(around.absent)) {
            invalid(
                    variable.position(),
                    around,
                    draft.path() + " is printed where a section says that it is not there.",
                    "Print something else inside the {{^…}} section.");
        } else {
            draft.print(around.guards);
        }
    }

    private void enter(TemplateNode.Section section, Surroundings around) {
        Reference reference = section.reference();
        FieldDraft draft = resolve(reference, section.position(), around);
        if (reference == Reference.InList.FIRST || reference == Reference.InList.LAST) {
            walk(section.children(), around);
            return;
        }
        if (reference == Reference.InList.INDEX || isOffered(reference)) {
            walk(section.children(), section.inverted() ? around : around.insideOffered(reference));
            return;
        }
        if (draft == null) {
            draft = new FieldDraft(null, reference.toString());
        }
        walk(section.children(), section.inverted() ? around.without(draft) : around.inside(draft));
    }

    /// The variable a tag means; null when it is none of the trigger's or was reported as wrong.
    private @Nullable FieldDraft resolve(
            Reference reference, Position position, Surroundings around) {
        FieldDraft draft =
                switch (reference) {
                    case Reference.Rooted(List<String> names) -> rooted(names, position, around);
                    case Reference.OfElement(List<String> names) ->
                            ofElement(reference, names, position, around);
                    case Reference.InList place -> {
                        inList(place, position, around);
                        yield null;
                    }
                };
        if (draft != null) {
            draft.use(around.place + ":" + position);
        }
        return draft;
    }

    private @Nullable FieldDraft rooted(
            List<String> names, Position position, Surroundings around) {
        FieldDraft root = root(names.getFirst());
        if (root != null) {
            return step(root, names.subList(1, names.size()));
        }
        if (!isOffered(names)) {
            invalid(
                    position,
                    around,
                    String.join(".", names) + " does not exist.",
                    "Use campaign.name, campaign.displayName, message.id or links.unsubscribe.");
        }
        return null;
    }

    private static boolean isOffered(Reference reference) {
        return reference instanceof Reference.Rooted(List<String> names) && isOffered(names);
    }

    private static boolean isOffered(List<String> names) {
        return names.size() == 2
                && OFFERED.getOrDefault(names.getFirst(), Set.of()).contains(names.get(1));
    }

    private @Nullable FieldDraft ofElement(
            Reference reference, List<String> names, Position position, Surroundings around) {
        FieldDraft from = names.isEmpty() ? around.self : around.element;
        if (from == null) {
            invalid(
                    position,
                    around,
                    reference
                            + " does not begin with a root and stands in no section over a"
                            + " list or an object.",
                    "Begin it with context., profile., campaign., message. or links.");
            return null;
        }
        return step(from, names);
    }

    private static FieldDraft step(FieldDraft from, List<String> names) {
        FieldDraft draft = from;
        for (String name : names) {
            draft = draft.field(name);
        }
        return draft;
    }

    private void inList(Reference.InList reference, Position position, Surroundings around) {
        if (!around.inSection) {
            invalid(
                    position,
                    around,
                    reference + " stands in no section.",
                    "Use it inside the section over a list.");
        }
    }

    private void invalid(Position position, Surroundings around, String message, String whatToDo) {
        findings.add(Finding.inTemplate(around.place, position, message, whatToDo));
    }
}
