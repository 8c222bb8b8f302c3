package io.campanile.persistence.eligibility;

import io.campanile.application.consent.Pseudonyms;
import io.campanile.application.eligibility.port.FactSource;
import io.campanile.application.eligibility.port.Subject;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.consent.Consent;
import io.campanile.domain.consent.Purpose;
import io.campanile.domain.eligibility.AddressFields;
import io.campanile.domain.eligibility.Addressee;
import io.campanile.domain.eligibility.AllowedList;
import io.campanile.domain.eligibility.Facts;
import io.campanile.domain.eligibility.Occasion;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.suppression.SuppressionFact;
import io.campanile.domain.suppression.SuppressionId;
import io.campanile.domain.suppression.SuppressionReason;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.ErasedNames;
import io.campanile.persistence.RowTimes;
import io.campanile.persistence.SqlArrays;
import io.campanile.persistence.Store;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// Facts about recipients on PostgreSQL, each found by its key. Only facts that exist come back:
/// about most people, nothing was said. Two statements: the first finds who the recipients are,
/// where that matters, and so where the messages would go; the second finds the rest.
public final class JdbiFactSource implements FactSource {
    // One look-up for each name of an address: before PostgreSQL 17, two names at once would make
    // it read the whole workspace. The names of erased people are looked for where there are some.
    // What is read of consents is in their key.
    private static final String FOUND =
            """
            WITH wanted AS MATERIALIZED (
              SELECT *
              FROM unnest(:workspaces, :namespaces, :keys, :addresses, :pseudonyms, :formers, :domains, :channels, :purposes, :topics)
                WITH ORDINALITY AS t (workspace, namespace, key, address, pseudonym, former, domain, channel, purpose, topic, position)
            ), erased AS MATERIALIZED (
              SELECT t.*
              FROM wanted t
              WHERE t.workspace = ANY (ARRAY(
                SELECT w.workspace
                FROM unnest(:concerned) AS w (workspace)
                CROSS JOIN LATERAL (
                  (SELECT FROM suppression k
                  WHERE k.workspace_id = w.workspace AND k.target LIKE %1$s
                  LIMIT 1)
                  UNION ALL
                  (SELECT FROM address_consent k
                  WHERE k.workspace_id = w.workspace AND k.address LIKE %1$s
                  LIMIT 1)
                ) AS e))
            ), named AS (
              SELECT t.position, t.workspace, t.address AS name, t.channel, t.purpose, t.topic FROM wanted t
              UNION ALL
              SELECT e.position, e.workspace, e.pseudonym, e.channel, e.purpose, e.topic FROM erased e
            )
            SELECT t.position, 'ADDRESS_SUPPRESSION' AS kind, s.suppression_id AS id, NULL AS channel, NULL AS purpose,
              NULL AS topic, s.reason AS said, NULL AS source, s.create_time AS time, s.expire_time
            FROM named t
            CROSS JOIN LATERAL (
              SELECT * FROM suppression k WHERE k.workspace_id = t.workspace AND k.target = t.name OFFSET 0
            ) AS s
            UNION ALL
            SELECT t.position, 'DOMAIN_SUPPRESSION', s.suppression_id, NULL, NULL, NULL, s.reason, NULL, s.create_time,
              s.expire_time
            FROM wanted t
            CROSS JOIN LATERAL (
              SELECT * FROM suppression k WHERE k.workspace_id = t.workspace AND k.target = t.domain OFFSET 0
            ) AS s
            UNION ALL
            SELECT t.position, 'PROFILE_CONSENT', c.consent_record_id, c.channel, c.purpose, c.topic, c.state, c.source,
              c.time, NULL
            FROM wanted t
            CROSS JOIN LATERAL (
              SELECT k.profile_id
              FROM profile_identity k
              WHERE k.workspace_id = t.workspace AND k.namespace = t.namespace AND k.value = t.key
              OFFSET 0
            ) AS p
            CROSS JOIN LATERAL (
              SELECT k.channel, k.purpose, k.topic, k.state, k.source, k.time, k.consent_record_id
              FROM profile_consent k
              WHERE k.profile_id = p.profile_id
                AND k.channel IN ('ANY', t.channel) AND k.purpose = t.purpose AND k.topic IN ('', t.topic)
              OFFSET 0
            ) AS c
            UNION ALL
            SELECT t.position, 'ADDRESS_CONSENT', c.consent_record_id, c.channel, c.purpose, c.topic, c.state, c.source,
              c.time, NULL
            FROM (
              SELECT * FROM named
              UNION ALL
              SELECT e.position, e.workspace, e.former, e.channel, e.purpose, e.topic FROM erased e
            ) AS t
            CROSS JOIN LATERAL (
              SELECT *
              FROM address_consent k
              WHERE k.workspace_id = t.workspace AND k.address = t.name
                AND k.channel IN ('ANY', t.channel) AND k.purpose = t.purpose AND k.topic IN ('', t.topic)
              OFFSET 0
            ) AS c
            UNION ALL
            SELECT t.position, 'ALLOWED', NULL, NULL, NULL, NULL, NULL, NULL, NULL, a.expire_time
            FROM wanted t
            CROSS JOIN LATERAL (
              (SELECT k.expire_time FROM allowed_entry k
              WHERE k.workspace_id = t.workspace AND k.target = t.address
              OFFSET 0)
              UNION ALL
              (SELECT k.expire_time FROM allowed_entry k
              WHERE k.workspace_id = t.workspace AND k.target = t.domain
              OFFSET 0)
            ) AS a
            WHERE t.workspace = ANY (ARRAY(
              SELECT w.workspace_id FROM workspace w WHERE w.workspace_id = ANY (:concerned) AND w.allowed_list_on))
            UNION ALL
            SELECT NULL, 'ALLOWED_LIST_ON', NULL, NULL, NULL, NULL, NULL, w.workspace_id, NULL, NULL
            FROM workspace w
            WHERE w.workspace_id = ANY (:concerned) AND w.allowed_list_on
            UNION ALL
            SELECT NULL, 'SENDING_WHEN_UNSET', NULL, NULL, NULL, NULL, NULL, w.workspace_id, NULL, NULL
            FROM workspace w
            WHERE w.workspace_id = ANY (:marketing) AND w.emails_when_unset
            """
                    .formatted(ErasedNames.PATTERN);

    private final Store store;
    private final Pseudonyms pseudonyms;

    public JdbiFactSource(Store store, Pseudonyms pseudonyms) {
        this.store = store;
        this.pseudonyms = pseudonyms;
    }

    private enum Kind {
        ADDRESS_SUPPRESSION,
        DOMAIN_SUPPRESSION,
        PROFILE_CONSENT,
        ADDRESS_CONSENT,
        ALLOWED,
        ALLOWED_LIST_ON,
        SENDING_WHEN_UNSET
    }

    /// @param consents of the person, where they were read already
    /// @param address in the form addresses are compared in; absent when there is none
    /// @param pseudonym what the address is called where its owner was erased
    /// @param former what the identity is called where whom it pointed at was erased
    private record Wanted(
            Subject subject,
            Addressee addressee,
            @Nullable List<Consent> consents,
            String workspace,
            @Nullable String address,
            @Nullable String pseudonym,
            String former) {

        @Nullable String domain() {
            return address == null ? null : address.substring(address.lastIndexOf('@') + 1);
        }

        /// What the person's consents are found by; absent when nobody is looked up any more.
        @Nullable String key() {
            return subject.mayBeKnown() && consents == null ? identity().value() : null;
        }

        Identity identity() {
            return subject.identity();
        }

        Occasion occasion() {
            return subject.occasion();
        }
    }

    @Override
    public List<Facts> load(List<Subject> subjects) {
        if (subjects.isEmpty()) {
            return List.of();
        }
        Map<Subject, KnownRows.Known> people = KnownRows.load(store, subjects);
        List<Wanted> wanted =
                subjects.stream().map(subject -> wanted(subject, people.get(subject))).toList();
        Found found = store.inStatement(handle -> find(handle, wanted));
        List<Facts> facts = new ArrayList<>(wanted.size());
        for (int i = 0; i < wanted.size(); i++) {
            String workspace = wanted.get(i).workspace();
            facts.add(
                    found.gathered()
                            .get(i)
                            .facts(
                                    wanted.get(i).addressee(),
                                    found.sendingWhenUnset().contains(workspace),
                                    found.withAllowedList().contains(workspace)));
        }
        return facts;
    }

    private Wanted wanted(Subject subject, KnownRows.@Nullable Known known) {
        WorkspaceId workspace = subject.occasion().workspace();
        Addressee addressee =
                Addressee.of(
                        known == null ? null : known.person(),
                        subject.identity(),
                        subject.address(),
                        new AddressFields(
                                subject.addressField(), known == null ? "" : known.addressField()),
                        subject.overlay());
        EmailAddress address = addressee.address();
        return new Wanted(
                subject,
                addressee,
                known == null ? null : known.consents(),
                workspace.value(),
                address == null ? null : address.comparable(),
                address == null ? null : pseudonyms.of(workspace, address).value(),
                pseudonyms.of(workspace, subject.identity()).value());
    }

    /// @param sendingWhenUnset the workspaces that do
    /// @param withAllowedList the workspaces whose allowed list is on
    /// @param gathered about each subject, in order
    private record Found(
            Set<String> sendingWhenUnset, Set<String> withAllowedList, List<Gathered> gathered) {
        void add(ResultSet row) throws SQLException {
            Kind kind = Kind.valueOf(row.getString("kind"));
            switch (kind) {
                case SENDING_WHEN_UNSET -> sendingWhenUnset.add(row.getString("source"));
                case ALLOWED_LIST_ON -> withAllowedList.add(row.getString("source"));
                case ADDRESS_SUPPRESSION,
                        DOMAIN_SUPPRESSION,
                        PROFILE_CONSENT,
                        ADDRESS_CONSENT,
                        ALLOWED ->
                        gathered.get(row.getInt("position") - 1).add(kind, row);
            }
        }
    }

    /// What was found about one subject.
    private static final class Gathered {
        private final Occasion occasion;
        private final List<Consent> ofProfile = new ArrayList<>(0);
        private final List<Consent> ofAddress = new ArrayList<>(0);
        private @Nullable SuppressionFact addressSuppression;
        private @Nullable SuppressionFact domainSuppression;
        private AllowedList allowed = AllowedList.LACKS;

        private Gathered(Occasion occasion) {
            this.occasion = occasion;
        }

        static Gathered about(Wanted wanted) {
            var gathered = new Gathered(wanted.occasion());
            if (wanted.consents() != null) {
                gathered.ofProfile.addAll(wanted.consents());
            }
            return gathered;
        }

        void add(Kind kind, ResultSet row) throws SQLException {
            switch (kind) {
                case ADDRESS_SUPPRESSION ->
                        addressSuppression =
                                occasion.deciding(suppression(row), addressSuppression);
                case DOMAIN_SUPPRESSION -> domainSuppression = suppression(row);
                case PROFILE_CONSENT -> ofProfile.add(KnownRows.consent(row));
                case ADDRESS_CONSENT -> ofAddress.add(KnownRows.consent(row));
                case ALLOWED -> allowed = allowed.orLonger(allowed(row));
                case ALLOWED_LIST_ON, SENDING_WHEN_UNSET ->
                        throw new IllegalArgumentException("about no subject: " + kind);
            }
        }

        Facts facts(Addressee addressee, boolean sendsWhenUnset, boolean allowedListOn) {
            return new Facts(
                            occasion,
                            addressee,
                            sendsWhenUnset,
                            ofProfile,
                            ofAddress,
                            addressSuppression,
                            domainSuppression)
                    .with(allowedListOn ? allowed : AllowedList.OFF);
        }

        private static AllowedList allowed(ResultSet row) throws SQLException {
            return AllowedList.coversUntil(RowTimes.optionalTime(row, "expire_time"));
        }
    }

    private static Found find(Handle handle, List<Wanted> wanted) {
        var found =
                new Found(
                        new HashSet<>(),
                        new HashSet<>(),
                        wanted.stream().map(Gathered::about).toList());
        handle.createQuery(FOUND)
                .bind("workspaces", SqlArrays.texts(wanted, Wanted::workspace))
                .bind("namespaces", SqlArrays.texts(wanted, w -> w.identity().namespace()))
                .bind("keys", SqlArrays.texts(wanted, Wanted::key))
                .bind("addresses", SqlArrays.texts(wanted, Wanted::address))
                .bind("pseudonyms", SqlArrays.texts(wanted, Wanted::pseudonym))
                .bind("formers", SqlArrays.texts(wanted, Wanted::former))
                .bind("domains", SqlArrays.texts(wanted, Wanted::domain))
                .bind("channels", SqlArrays.texts(wanted, w -> w.occasion().channel().name()))
                .bind("purposes", SqlArrays.texts(wanted, w -> w.occasion().purpose().name()))
                .bind("topics", SqlArrays.texts(wanted, w -> w.occasion().topic()))
                .bind("concerned", SqlArrays.texts(concerned(wanted), text -> text))
                .bind("marketing", SqlArrays.texts(marketing(wanted), text -> text))
                .map((row, _) -> {
                    found.add(row);
                    return found;
                })
                .list();
        return found;
    }

    private static Set<String> concerned(List<Wanted> wanted) {
        Set<String> workspaces = new HashSet<>();
        wanted.forEach(next -> workspaces.add(next.workspace()));
        return workspaces;
    }

    /// The workspaces whose default matters: nothing but marketing needs consent.
    private static Set<String> marketing(List<Wanted> wanted) {
        Set<String> workspaces = new HashSet<>();
        for (Wanted next : wanted) {
            if (next.occasion().purpose() == Purpose.MARKETING) {
                workspaces.add(next.workspace());
            }
        }
        return workspaces;
    }

    private static SuppressionFact suppression(ResultSet row) throws SQLException {
        return new SuppressionFact(
                new SuppressionId(row.getObject("id", UUID.class)),
                SuppressionReason.valueOf(row.getString("said")),
                RowTimes.time(row, "time"),
                RowTimes.optionalTime(row, "expire_time"));
    }
}
