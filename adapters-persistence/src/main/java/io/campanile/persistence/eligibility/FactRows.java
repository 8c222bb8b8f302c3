package io.campanile.persistence.eligibility;

import io.campanile.application.eligibility.port.Subject;
import io.campanile.domain.consent.Consent;
import io.campanile.domain.eligibility.Addressee;
import io.campanile.domain.eligibility.AllowedList;
import io.campanile.domain.eligibility.Facts;
import io.campanile.domain.eligibility.Occasion;
import io.campanile.domain.suppression.SuppressionFact;
import io.campanile.domain.suppression.SuppressionId;
import io.campanile.domain.suppression.SuppressionReason;
import io.campanile.persistence.ErasedNames;
import io.campanile.persistence.RowTimes;
import io.campanile.persistence.Sql;
import io.campanile.persistence.SqlArrays;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// What is on record about subjects when it is known where their messages would go, by one
/// statement.
final class FactRows {
    private static final String FOUND =
            Sql.of(
                    FactRows.class,
                    "find-facts.sql",
                    Map.of("group", SubjectGroups.COLUMNS, "erased", ErasedNames.PATTERN));

    private FactRows() {}

    private enum Kind {
        ADDRESS_SUPPRESSION,
        DOMAIN_SUPPRESSION,
        PROFILE_CONSENT,
        ADDRESS_CONSENT,
        ALLOWED_ADDRESS,
        ALLOWED_DOMAIN,
        ALLOWED_LIST_ON,
        SENDING_WHEN_UNSET,
        ERASED
    }

    /// @param consents of the person, where they were read already
    /// @param address in the form addresses are compared in; absent when there is none
    record Wanted(
            Subject subject,
            Addressee addressee,
            @Nullable List<Consent> consents,
            @Nullable String address) {

        String workspace() {
            return occasion().workspace().value();
        }

        @Nullable Domain domain() {
            return address == null
                    ? null
                    : new Domain(workspace(), address.substring(address.lastIndexOf('@') + 1));
        }

        /// What the person's consents are found by; absent when nobody is looked up any more.
        @Nullable String key() {
            return subject.mayBeKnown() && consents == null ? subject.identity().value() : null;
        }

        Occasion occasion() {
            return subject.occasion();
        }
    }

    /// Many addresses may be in one.
    record Domain(String workspace, String name) {}

    /// What somebody's names became if they were erased.
    ///
    /// @param ofAddress absent when there is no address
    /// @param ofIdentity absent only where nobody's pseudonyms are asked for
    record PersonPseudonyms(@Nullable String ofAddress, @Nullable String ofIdentity) {
        static final PersonPseudonyms NOT_ASKED_FOR = new PersonPseudonyms(null, null);
    }

    /// @param pseudonyms of each, in order; none at all where nobody's are asked for
    /// @param withoutPseudonyms the workspaces in which nobody's are asked for
    static Found find(
            Handle handle,
            List<Wanted> wanted,
            List<PersonPseudonyms> pseudonyms,
            Set<String> withoutPseudonyms) {
        Found found = Found.about(wanted);
        List<Subject> subjects = wanted.stream().map(Wanted::subject).toList();
        // Where an array of texts is shorter than the others, unnest takes NULL.
        SubjectGroups.bind(handle.createQuery(FOUND), subjects)
                .bind("keys", SqlArrays.texts(wanted, Wanted::key))
                .bind("addresses", SqlArrays.texts(wanted, Wanted::address))
                .bind("pseudonyms", SqlArrays.texts(pseudonyms, PersonPseudonyms::ofAddress))
                .bind("formers", SqlArrays.texts(pseudonyms, PersonPseudonyms::ofIdentity))
                .bind("domainWorkspaces", SqlArrays.texts(found.domains(), Domain::workspace))
                .bind("domains", SqlArrays.texts(found.domains(), Domain::name))
                .bind("concerned", SqlArrays.texts(workspaces(wanted), text -> text))
                .bind("marketing", SqlArrays.texts(marketing(wanted), text -> text))
                .bind("withoutPseudonyms", SqlArrays.texts(withoutPseudonyms, text -> text))
                .map((row, _) -> {
                    found.add(row);
                    return found;
                })
                .list();
        return found;
    }

    /// The workspaces of all.
    static Set<String> workspaces(List<Wanted> wanted) {
        Set<String> workspaces = new HashSet<>();
        wanted.forEach(next -> workspaces.add(next.workspace()));
        return workspaces;
    }

    /// The workspaces whose default matters: nothing but marketing needs consent.
    private static Set<String> marketing(List<Wanted> wanted) {
        Set<String> workspaces = new HashSet<>();
        for (Wanted next : wanted) {
            if (next.occasion().isMarketing()) {
                workspaces.add(next.workspace());
            }
        }
        return workspaces;
    }

    /// What was found.
    ///
    /// @param sendingWhenUnset the workspaces that do
    /// @param withAllowedList the workspaces whose allowed list is on
    /// @param withErased the workspaces that have erased people although nobody's pseudonyms were
    ///   asked for
    /// @param domains each once
    /// @param ofDomains about each domain, in order
    /// @param gathered about each subject, in order
    record Found(
            Set<String> sendingWhenUnset,
            Set<String> withAllowedList,
            Set<String> withErased,
            List<Domain> domains,
            List<OfDomain> ofDomains,
            List<Gathered> gathered) {
        private static Found about(List<Wanted> wanted) {
            Map<Domain, OfDomain> domains = new LinkedHashMap<>();
            List<Gathered> gathered = new ArrayList<>(wanted.size());
            for (Wanted next : wanted) {
                Domain domain = next.domain();
                gathered.add(
                        new Gathered(
                                next,
                                domain == null
                                        ? new OfDomain()
                                        : domains.computeIfAbsent(domain, _ -> new OfDomain())));
            }
            return new Found(
                    new HashSet<>(),
                    new HashSet<>(),
                    new HashSet<>(),
                    List.copyOf(domains.keySet()),
                    List.copyOf(domains.values()),
                    gathered);
        }

        private void add(ResultSet row) throws SQLException {
            switch (Kind.valueOf(row.getString("kind"))) {
                case ADDRESS_SUPPRESSION -> subject(row).suppress(suppression(row));
                case DOMAIN_SUPPRESSION -> domain(row).suppression = suppression(row);
                case PROFILE_CONSENT -> subject(row).ofProfile.add(KnownRows.consent(row));
                case ADDRESS_CONSENT -> subject(row).ofAddress.add(KnownRows.consent(row));
                case ALLOWED_ADDRESS -> subject(row).allowed = allowed(row);
                case ALLOWED_DOMAIN -> domain(row).allowed = allowed(row);
                case ALLOWED_LIST_ON -> withAllowedList.add(row.getString("source"));
                case SENDING_WHEN_UNSET -> sendingWhenUnset.add(row.getString("source"));
                case ERASED -> withErased.add(row.getString("source"));
            }
        }

        private Gathered subject(ResultSet row) throws SQLException {
            return gathered.get(row.getInt("position") - 1);
        }

        private OfDomain domain(ResultSet row) throws SQLException {
            return ofDomains.get(row.getInt("position") - 1);
        }

        /// The facts about each subject, in order.
        List<Facts> facts() {
            List<Facts> facts = new ArrayList<>(gathered.size());
            for (Gathered each : gathered) {
                String workspace = each.wanted.workspace();
                facts.add(
                        each.facts(
                                sendingWhenUnset.contains(workspace),
                                withAllowedList.contains(workspace)));
            }
            return facts;
        }

        private static SuppressionFact suppression(ResultSet row) throws SQLException {
            return new SuppressionFact(
                    new SuppressionId(row.getObject("id", UUID.class)),
                    SuppressionReason.valueOf(row.getString("said")),
                    RowTimes.time(row, "time"),
                    RowTimes.optionalTime(row, "expire_time"));
        }

        private static AllowedList allowed(ResultSet row) throws SQLException {
            return AllowedList.coversUntil(RowTimes.optionalTime(row, "expire_time"));
        }
    }

    /// What was found about one domain.
    private static final class OfDomain {
        private @Nullable SuppressionFact suppression;
        private AllowedList allowed = AllowedList.LACKS;
    }

    /// What was found about one subject.
    private static final class Gathered {
        private final Wanted wanted;
        private final OfDomain domain;
        private final List<Consent> ofProfile = new ArrayList<>(0);
        private final List<Consent> ofAddress = new ArrayList<>(0);
        private @Nullable SuppressionFact suppression;
        private AllowedList allowed = AllowedList.LACKS;

        private Gathered(Wanted wanted, OfDomain domain) {
            this.wanted = wanted;
            this.domain = domain;
            if (wanted.consents() != null) {
                ofProfile.addAll(wanted.consents());
            }
        }

        /// By either name of the address.
        void suppress(SuppressionFact found) {
            suppression = wanted.occasion().deciding(found, suppression);
        }

        /// @param workspaceSendsWhenUnset found out for whichever of its messages are marketing
        Facts facts(boolean workspaceSendsWhenUnset, boolean allowedListOn) {
            return new Facts(
                            wanted.occasion(),
                            wanted.addressee(),
                            workspaceSendsWhenUnset && wanted.occasion().isMarketing(),
                            ofProfile,
                            ofAddress,
                            suppression,
                            domain.suppression)
                    .with(allowedListOn ? allowed.orLonger(domain.allowed) : AllowedList.OFF);
        }
    }
}
