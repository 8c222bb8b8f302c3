package io.campanile.domain.content;

import java.util.List;

/// Contracts of small mails, for tests.
final class Contracts {
    private Contracts() {}

    static Contract ofHtml(String html, DeclaredField... declared) {
        return Contract.of(new EmailContent("s", "", html, "", ""), List.of(declared));
    }

    static DeclaredField declared(String path, FieldType type) {
        return new DeclaredField(path, type, false, false, "", "");
    }

    static DeclaredField withDefault(String path, FieldType type, String json) {
        return new DeclaredField(path, type, false, false, "", json);
    }

    static List<String> pathsOf(List<Violation> violations) {
        return violations.stream().map(Violation::path).toList();
    }
}
