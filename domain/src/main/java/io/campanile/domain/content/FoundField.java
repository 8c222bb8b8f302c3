package io.campanile.domain.content;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A variable while a contract is being derived: what is known of it grows with every tag.
final class FoundField {
    private final @Nullable FoundField parent;
    private final String path;
    private final Map<String, FoundField> fields = new LinkedHashMap<>();

    private @Nullable FoundField element;
    private @Nullable DeclaredField declared;
    private @Nullable Object defaultValue;
    private boolean needed;
    private boolean printed;
    private String firstUse = "";

    FoundField(@Nullable FoundField parent, String path) {
        this.parent = parent;
        this.path = path;
    }

    String path() {
        return path;
    }

    FoundField field(String name) {
        return fields.computeIfAbsent(name, added -> new FoundField(this, path + "." + added));
    }

    FoundField element() {
        if (element == null) {
            element = new FoundField(this, path + "[]");
        }
        return element;
    }

    void declare(DeclaredField declaration, @Nullable Object parsedDefault) {
        declared = declaration;
        defaultValue = parsedDefault;
    }

    Map<String, FoundField> fields() {
        return Collections.unmodifiableMap(fields);
    }

    String firstUse() {
        return firstUse;
    }

    boolean hasDefault() {
        return defaultValue != null;
    }

    boolean isPrinted() {
        return printed;
    }

    /// Whether it is more than the way to other fields of the contract.
    boolean isOfContract() {
        return declared != null || (parent != null && (fields.isEmpty() || isList()));
    }

    /// Whether a section over it may go through a list.
    boolean mayBeList() {
        return parent != null && (type() == FieldType.ANY || type() == FieldType.LIST);
    }

    boolean isDeclared() {
        return declared != null;
    }

    /// What names inside a section over this belong to; nothing when a section over it can only be
    /// a condition.
    @Nullable FoundField scope() {
        return switch (type()) {
            case ANY -> parent == null ? this : element();
            case LIST -> element();
            case OBJECT -> this;
            case STRING, NUMBER, INTEGER, BOOLEAN, TIMESTAMP, URL -> null;
        };
    }

    /// What `.` means inside a section over this; nothing when it means what it does outside.
    @Nullable FoundField itself() {
        return switch (type()) {
            case ANY, LIST, OBJECT -> scope();
            case STRING, NUMBER, INTEGER, TIMESTAMP, URL -> this;
            case BOOLEAN -> null;
        };
    }

    void use(String position) {
        if (firstUse.isEmpty()) {
            firstUse = position;
        }
    }

    /// A tag prints it where only the given sections stand around: everything on the way to it that
    /// none of them looks at must be there.
    void print(Set<FoundField> guards) {
        printed = true;
        FoundField onTheWay = this;
        while (onTheWay != null && !guards.contains(onTheWay)) {
            onTheWay.needed = true;
            onTheWay = onTheWay.parent;
        }
    }

    /// What the author requires is there only where everything on the way to it is. A list may be
    /// empty, though, and what is declared may be left out unless it is required itself.
    void requireWay() {
        FoundField below = this;
        FoundField onTheWay = parent;
        while (onTheWay != null && !onTheWay.isDeclared() && onTheWay.element != below) {
            onTheWay.needed = true;
            below = onTheWay;
            onTheWay = onTheWay.parent;
        }
    }

    /// Whether it must be there wherever what it stands in is, just as a [FieldRule] asks for it.
    private boolean isRequired() {
        if (defaultValue != null) {
            return false;
        }
        boolean byAuthor = declared != null && declared.required();
        return byAuthor || (needed && (fields.isEmpty() || holdsRequired()));
    }

    private boolean holdsRequired() {
        return fields.values().stream().anyMatch(FoundField::isRequired);
    }

    boolean isIn(Set<FoundField> others) {
        return others.contains(this) || (parent != null && parent.isIn(others));
    }

    private FieldType type() {
        return declared == null ? FieldType.ANY : declared.type();
    }

    /// An element nobody looked into adds nothing, unless something of it is declared: it may be
    /// sensitive.
    private boolean isList() {
        return type() == FieldType.LIST
                || (element != null && (element.isUsed() || element.holdsDeclared()));
    }

    private boolean holdsDeclared() {
        return isDeclared()
                || fields.values().stream().anyMatch(FoundField::holdsDeclared)
                || (element != null && element.holdsDeclared());
    }

    boolean isUsed() {
        return !firstUse.isEmpty()
                || fields.values().stream().anyMatch(FoundField::isUsed)
                || (element != null && element.isUsed());
    }

    FieldRule freeze() {
        List<FieldRule> rules = fields.values().stream().map(FoundField::freeze).toList();
        FieldRule ofElement = isList() && element != null ? element.freeze() : null;
        String name = path.substring(path.lastIndexOf('.') + 1);
        boolean required = declared != null && declared.required();
        return new FieldRule(
                name, path, type(), needed, required, printed, rules, ofElement, defaultValue);
    }

    /// The fields of the contract below this, itself included when it is more than the way to them,
    /// or a way that need not be there.
    void list(List<ContractField> found) {
        boolean required = isRequired();
        boolean optionalWay = parent != null && !required && holdsRequired();
        if (declared != null) {
            found.add(
                    new ContractField(
                            path,
                            declared.type() == FieldType.ANY ? shape() : declared.type(),
                            required,
                            declared.sensitive(),
                            printed,
                            declared.example(),
                            declared.defaultValue()));
        } else if (isOfContract() || optionalWay) {
            found.add(new ContractField(path, shape(), required, false, printed, "", ""));
        }
        fields.values().forEach(field -> field.list(found));
        if (isList() && element != null) {
            element.list(found);
        }
    }

    private FieldType shape() {
        if (isList()) {
            return FieldType.LIST;
        }
        return fields.isEmpty() ? FieldType.ANY : FieldType.OBJECT;
    }

    /// Uses that contradict each other or the declaration, and what a careful author would add.
    List<Finding> findings() {
        var found = new ArrayList<Finding>();
        findings(found);
        return found;
    }

    private void findings(List<Finding> found) {
        String contradiction = contradiction();
        if (parent != null && isUsed() && !contradiction.isEmpty()) {
            found.add(
                    new Finding(
                            Finding.Level.ERROR,
                            Finding.Code.TEMPLATE_INVALID,
                            firstUse.isEmpty() ? "content" : firstUse,
                            path + " " + contradiction + ".",
                            "Use it in one way, and declare its type when it is an object."));
        }
        if (printed
                && (declared == null || (declared.example().isEmpty() && defaultValue == null))) {
            found.add(
                    new Finding(
                            Finding.Level.WARNING,
                            Finding.Code.VARIABLE_WITHOUT_EXAMPLE,
                            firstUse,
                            path + " has neither a default nor an example.",
                            "Declare the field with one of them, for previews and ready-made"
                                    + " calls."));
        }
        if (declared != null && !isUsed()) {
            found.add(
                    new Finding(
                            Finding.Level.WARNING,
                            Finding.Code.FIELD_UNUSED,
                            "declared_fields",
                            path + " is declared and no template uses it.",
                            "Remove the declaration if it is not needed."));
        }
        fields.values().forEach(field -> field.findings(found));
        if (element != null) {
            element.findings(found);
        }
    }

    private String contradiction() {
        boolean object = !fields.isEmpty();
        boolean list = isList();
        if (printed && (object || list)) {
            return "is printed in one place and has parts in another";
        }
        return switch (type()) {
            case ANY -> object && list ? "is an object in one place and a list in another" : "";
            case LIST -> object ? "is declared a list and used as an object" : "";
            case OBJECT -> {
                if (printed) {
                    yield "is declared an object and printed";
                }
                yield list ? "is declared an object and its elements are declared" : "";
            }
            case STRING, NUMBER, INTEGER, BOOLEAN, TIMESTAMP, URL ->
                    object || list ? "is declared a single value and used as more" : "";
        };
    }
}
