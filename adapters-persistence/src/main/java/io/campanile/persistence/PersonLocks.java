package io.campanile.persistence;

import io.campanile.domain.eligibility.PersonKey;

import org.jdbi.v3.core.Handle;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/// The advisory locks of people: of strangers for whoever makes their identities point at somebody
/// and whoever decides about them, of profiles for whoever decides about those or moves what counts
/// for them.
///
/// Sorted, so that two transactions never wait for each other, and strangers first: who makes them
/// known locks the profile later. The pairs of integers are spaces of keys of their own: nobody
/// else's advisory locks are met. People that share a key only wait for each other in vain.
public final class PersonLocks {
    private static final String TAKE =
            """
            SELECT count(pg_advisory_xact_lock(hashtext(k.space), k.key))
            FROM unnest(:spaces, :keys) AS k (space, key)
            """;

    private PersonLocks() {}

    private record Key(boolean isStranger, int value) {
        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::isStranger).reversed().thenComparingInt(Key::value);

        static Key of(PersonKey person) {
            return new Key(person.isStranger(), person.value().hashCode());
        }

        String space() {
            return isStranger ? "campanile strangers" : "campanile profiles";
        }
    }

    /// Waits for all of them, until the end of the transaction.
    public static void take(Handle handle, Collection<PersonKey> persons) {
        List<Key> keys = persons.stream().map(Key::of).distinct().sorted(Key.ORDER).toList();
        var _ =
                handle.createQuery(TAKE)
                        .bind("spaces", SqlArrays.texts(keys, Key::space))
                        .bind("keys", SqlArrays.integers(keys, Key::value))
                        .mapTo(Long.class)
                        .one();
    }
}
