package io.campanile.application.consent;

/// What one of many people said.
///
/// @param person not by a link
public record Statement(Person person, Said said) {
    public Statement {
        if (person instanceof Person.ByLink) {
            throw new IllegalArgumentException("a link is followed by one person");
        }
    }
}
