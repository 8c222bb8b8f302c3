package io.campanile.domain.content;

import org.jspecify.annotations.Nullable;

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

    /// What the author said of it; nothing when only templates name it.
    @Nullable DeclaredField declaration() {
        return declared;
    }

    /// What its elements are; nothing before anybody asked.
    @Nullable FoundField elementIfAny() {
        return element;
    }

    /// Whether it is the context or the profile itself, which no template can name.
    boolean isRoot() {
        return parent == null;
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

    FieldType type() {
        return declared == null ? FieldType.ANY : declared.type();
    }

    /// An element nobody looked into adds nothing, unless something of it is declared: it may be
    /// sensitive.
    boolean isList() {
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
}
