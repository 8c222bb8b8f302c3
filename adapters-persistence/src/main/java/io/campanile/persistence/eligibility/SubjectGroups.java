package io.campanile.persistence.eligibility;

import io.campanile.application.eligibility.port.Subject;
import io.campanile.domain.eligibility.Occasion;
import io.campanile.persistence.SqlArrays;

import org.jdbi.v3.core.statement.SqlStatement;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What many subjects share, so that it travels once: what their messages are, and the namespace of
/// their identities.
final class SubjectGroups {
    /// The columns of the group, for a row `t` whose `number` comes from `:groups`. Each parameter
    /// is named in a statement once, because it would travel again.
    static final String COLUMNS =
            "(:workspaces)[t.number] AS workspace, (:namespaces)[t.number] AS namespace,"
                    + " (:channels)[t.number] AS channel, (:purposes)[t.number] AS purpose,"
                    + " (:topics)[t.number] AS topic";

    private SubjectGroups() {}

    private record Group(Occasion occasion, String namespace) {
        String workspace() {
            return occasion.workspace().value();
        }

        String channel() {
            return occasion.channel().name();
        }

        String purpose() {
            return occasion.purpose().name();
        }

        String topic() {
            return occasion.topic();
        }
    }

    /// Binds `:groups`, the number of each subject's group, and what [#COLUMNS] reads.
    static <S extends SqlStatement<S>> S bind(S statement, List<Subject> subjects) {
        Map<Group, Integer> numbers = new LinkedHashMap<>();
        List<Integer> ofSubjects = new ArrayList<>(subjects.size());
        for (Subject subject : subjects) {
            var group = new Group(subject.occasion(), subject.identity().namespace());
            ofSubjects.add(numbers.computeIfAbsent(group, _ -> numbers.size() + 1));
        }
        return statement
                .bind("groups", SqlArrays.integers(ofSubjects, Integer::intValue))
                .bind("workspaces", SqlArrays.texts(numbers.keySet(), Group::workspace))
                .bind("namespaces", SqlArrays.texts(numbers.keySet(), Group::namespace))
                .bind("channels", SqlArrays.texts(numbers.keySet(), Group::channel))
                .bind("purposes", SqlArrays.texts(numbers.keySet(), Group::purpose))
                .bind("topics", SqlArrays.texts(numbers.keySet(), Group::topic));
    }
}
