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
import java.util.stream.Collectors;

/// Walks declarations and templates and gathers the variables they name, with what is wrong.
final class ContractReader {
    /// What the campaign and the message itself offer to templates.
    private static final Map<String, Set<String>> OFFERED =
            Map.of(
                    "campaign", Set.of("name", "displayName"),
                    "message", Set.of("id"),
                    "links", Set.of("unsubscribe"));

    private static final String ROOTS_EVERYWHERE =
            " A field of an element needs another name: this word means the same everywhere.";

    private final FoundField context = new FoundField(null, "context");
    private final FoundField profile = new FoundField(null, "profile");
    private final List<Finding> findings = new ArrayList<>();
    private final Map<Integer, FoundField> defaults = new LinkedHashMap<>();
    private final List<FoundField> required = new ArrayList<>();

    private ContractReader() {}

    static ContractReader of(EmailContent content, List<DeclaredField> declared) {
        var reader = new ContractReader();
        for (int index = 0; index < declared.size(); index++) {
            reader.declare(index, declared.get(index));
        }
        reader.required.forEach(FoundField::requireWay);
        reader.read("content.subject", content.subject());
        reader.read("content.preheader", content.preheader());
        reader.read("content.html", content.html());
        reader.read("content.text", content.text());
        reader.read("content.reply_to", content.replyTo());
        reader.defaults.forEach(reader::compareDefault);
        return reader;
    }

    Contract freeze() {
        var fields = new ArrayList<ContractField>();
        context.list(fields);
        profile.list(fields);
        return new Contract(context.freeze(), profile.freeze(), fields);
    }

    List<Finding> findings() {
        var all = new ArrayList<>(findings);
        all.addAll(FieldFindings.of(context));
        all.addAll(FieldFindings.of(profile));
        return all;
    }

    FoundField profile() {
        return profile;
    }

    private void declare(int index, DeclaredField field) {
        Optional<FoundField> found = declaredField(field.path());
        if (found.isEmpty()) {
            refuse(
                    index,
                    "path",
                    "The path does not name a variable.",
                    "Write a path such as context.order.id or context.items[].name.");
            return;
        }
        if (found.get().isDeclared()) {
            refuse(index, "path", "The field is declared twice.", "Remove one of the two.");
            return;
        }
        Object defaultValue = json(index, "default_value", field, field.defaultValue());
        json(index, "example", field, field.example());
        found.get().declare(field, defaultValue);
        if (defaultValue != null) {
            defaults.put(index, found.get());
        } else if (field.required()) {
            required.add(found.get());
        }
    }

    /// Once all templates were read: they may look into it, or print it.
    private void compareDefault(int index, FoundField field) {
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

    private Optional<FoundField> declaredField(String path) {
        String[] steps = path.split("\\.", -1);
        FoundField found = root(steps[0]);
        if (found == null || steps.length < 2 || steps.length > ParsedTemplate.MOST_NESTED) {
            return Optional.empty();
        }
        for (int step = 1; step < steps.length; step++) {
            String name = steps[step];
            boolean elements = name.endsWith("[]");
            name = elements ? name.substring(0, name.length() - 2) : name;
            if (!Reference.NAME.matcher(name).matches()) {
                return Optional.empty();
            }
            found = elements ? found.field(name).element() : found.field(name);
        }
        return Optional.of(found);
    }

    private @Nullable FoundField root(String name) {
        return switch (name) {
            case "context" -> context;
            case "profile" -> profile;
            default -> null;
        };
    }

    private void read(String place, String source) {
        ParsedTemplate template = ParsedTemplate.parse(place, source);
        findings.addAll(template.findings());
        walk(
                template.nodes(),
                new Surroundings(place, null, null, false, false, Set.of(), Set.of()));
    }

    /// What stands around a tag.
    ///
    /// @param element what names without a root belong to
    /// @param self what `.` means
    /// @param inList whether the nearest section over parts may go through a list
    /// @param guards what the sections around test for, and so is there when the tag is reached
    /// @param absent what the inverted sections around test for, and so is not there
    private record Surroundings(
            String place,
            @Nullable FoundField element,
            @Nullable FoundField self,
            boolean inSection,
            boolean inList,
            Set<FoundField> guards,
            Set<FoundField> absent) {

        Surroundings inside(FoundField section) {
            FoundField scope = section.scope();
            FoundField itself = section.itself();
            return new Surroundings(
                    place,
                    scope == null ? element : scope,
                    itself == null ? self : itself,
                    true,
                    scope == null ? inList : section.mayBeList(),
                    with(ofOthers(guards, section), section),
                    ofOthers(absent, section));
        }

        /// What is known of one element of a list says nothing of the others.
        private static Set<FoundField> ofOthers(Set<FoundField> some, FoundField section) {
            if (!section.mayBeList()) {
                return some;
            }
            Set<FoundField> elements = Set.of(section.element());
            return some.stream().filter(field -> !field.isIn(elements)).collect(Collectors.toSet());
        }

        /// Inside a section over a value that no trigger carries.
        Surroundings insideOffered(Reference value) {
            var offered = new FoundField(null, value.toString());
            return new Surroundings(place, element, offered, true, inList, guards, absent);
        }

        Surroundings without(FoundField section) {
            return new Surroundings(
                    place,
                    element,
                    self,
                    inSection,
                    inList,
                    with(guards, section),
                    with(absent, section));
        }

        private static Set<FoundField> with(Set<FoundField> some, FoundField one) {
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
        FoundField found = resolve(variable.reference(), variable.position(), around);
        if (found == null) {
            return;
        }
        if (found == context || found == profile) {
            invalid(
                    variable.position(),
                    around,
                    found.path() + " as a whole cannot be printed.",
                    "Name one of its fields, such as " + found.path() + ".name.");
        } else if (found.isIn(around.absent)) {
            invalid(
                    variable.position(),
                    around,
                    found.path() + " is printed where a section says that it is not there.",
                    "Print something else inside the {{^…}} section.");
        } else {
            found.print(around.guards);
        }
    }

    private void enter(TemplateNode.Section section, Surroundings around) {
        Reference reference = section.reference();
        FoundField found = resolve(reference, section.position(), around);
        if (reference == Reference.InList.FIRST || reference == Reference.InList.LAST) {
            walk(section.children(), around);
            return;
        }
        if (reference == Reference.InList.INDEX || isOffered(reference)) {
            walk(section.children(), section.inverted() ? around : around.insideOffered(reference));
            return;
        }
        if (found == null) {
            found = new FoundField(null, reference.toString());
        }
        walk(section.children(), section.inverted() ? around.without(found) : around.inside(found));
    }

    /// The variable a tag means; null when it is none of the trigger's or was reported as wrong.
    private @Nullable FoundField resolve(
            Reference reference, Position position, Surroundings around) {
        FoundField found =
                switch (reference) {
                    case Reference.Rooted(List<String> names) -> rooted(names, position, around);
                    case Reference.OfElement(List<String> names) ->
                            ofElement(reference, names, position, around);
                    case Reference.InList place -> {
                        inList(place, position, around);
                        yield null;
                    }
                };
        if (found != null) {
            found.use(around.place + ":" + position);
        }
        return found;
    }

    private @Nullable FoundField rooted(
            List<String> names, Position position, Surroundings around) {
        FoundField root = root(names.getFirst());
        if (root != null) {
            return step(root, names.subList(1, names.size()));
        }
        if (!isOffered(names)) {
            invalid(
                    position,
                    around,
                    String.join(".", names) + " does not exist.",
                    "Use campaign.name, campaign.displayName, message.id or links.unsubscribe."
                            + (around.inSection ? ROOTS_EVERYWHERE : ""));
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

    private @Nullable FoundField ofElement(
            Reference reference, List<String> names, Position position, Surroundings around) {
        FoundField from = names.isEmpty() ? around.self : around.element;
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

    private static FoundField step(FoundField from, List<String> names) {
        FoundField found = from;
        for (String name : names) {
            found = found.field(name);
        }
        return found;
    }

    private void inList(Reference.InList reference, Position position, Surroundings around) {
        if (!around.inList) {
            invalid(
                    position,
                    around,
                    reference + " stands in no section over a list.",
                    "Use it inside the section over a list.");
        }
    }

    private void invalid(Position position, Surroundings around, String message, String whatToDo) {
        findings.add(Finding.inTemplate(around.place, position, message, whatToDo));
    }
}
