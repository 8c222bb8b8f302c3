package io.campanile.domain.content;

import java.util.ArrayList;
import java.util.List;

/// What a review says about variables: uses that contradict each other or the declaration, and what
/// a careful author would add.
final class FieldFindings {
    private FieldFindings() {}

    static List<Finding> of(FoundField root) {
        var found = new ArrayList<Finding>();
        add(root, found);
        return found;
    }

    private static void add(FoundField field, List<Finding> found) {
        String contradiction = contradiction(field);
        if (!field.isRoot() && field.isUsed() && !contradiction.isEmpty()) {
            found.add(
                    new Finding(
                            Finding.Level.ERROR,
                            Finding.Code.TEMPLATE_INVALID,
                            field.firstUse().isEmpty() ? "content" : field.firstUse(),
                            field.path() + " " + contradiction + ".",
                            "Use it in one way, and declare its type when it is an object."));
        }
        if (field.isPrinted() && !hasSample(field)) {
            found.add(
                    new Finding(
                            Finding.Level.WARNING,
                            Finding.Code.VARIABLE_WITHOUT_EXAMPLE,
                            field.firstUse(),
                            field.path() + " has neither a default nor an example.",
                            "Declare the field with one of them, for previews and ready-made"
                                    + " calls."));
        }
        if (field.isDeclared() && !field.isUsed()) {
            found.add(
                    new Finding(
                            Finding.Level.WARNING,
                            Finding.Code.FIELD_UNUSED,
                            "declared_fields",
                            field.path() + " is declared and no template uses it.",
                            "Remove the declaration if it is not needed."));
        }
        field.fields().values().forEach(below -> add(below, found));
        FoundField element = field.elementIfAny();
        if (element != null) {
            add(element, found);
        }
    }

    private static boolean hasSample(FoundField field) {
        DeclaredField declared = field.declaration();
        return declared != null && (!declared.example().isEmpty() || field.hasDefault());
    }

    private static String contradiction(FoundField field) {
        boolean printed = field.isPrinted();
        boolean object = !field.fields().isEmpty();
        boolean list = field.isList();
        if (printed && (object || list)) {
            return "is printed in one place and has parts in another";
        }
        return switch (field.type()) {
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
