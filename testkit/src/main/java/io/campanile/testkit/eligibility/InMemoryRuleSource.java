package io.campanile.testkit.eligibility;

import io.campanile.application.access.port.Workspaces;
import io.campanile.application.eligibility.port.RuleSource;
import io.campanile.application.eligibility.port.RuleSubject;
import io.campanile.application.eligibility.port.Subject;
import io.campanile.application.profile.port.Profiles;
import io.campanile.domain.eligibility.PersonKey;
import io.campanile.domain.eligibility.RuleFacts;
import io.campanile.domain.eligibility.RuleSetFacts;
import io.campanile.domain.message.ClaimEpoch;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.KnownPerson;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.message.InMemoryReservations;
import io.campanile.testkit.ruleset.InMemoryRuleSets;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Rules from the fakes they are kept in.
public final class InMemoryRuleSource implements RuleSource {
    private final InMemoryRuleSets ruleSets;
    private final Workspaces workspaces;
    private final Profiles profiles;
    private final InMemoryReservations reservations;

    public InMemoryRuleSource(
            InMemoryRuleSets ruleSets,
            Workspaces workspaces,
            Profiles profiles,
            InMemoryReservations reservations) {
        this.workspaces = workspaces;
        this.ruleSets = ruleSets;
        this.profiles = profiles;
        this.reservations = reservations;
    }

    @Override
    public List<RuleFacts> load(List<RuleSubject> subjects, Map<MessageId, ClaimEpoch> counted) {
        return subjects.stream().map(subject -> rules(subject, counted)).toList();
    }

    private RuleFacts rules(RuleSubject asked, Map<MessageId, ClaimEpoch> counted) {
        Subject subject = asked.subject();
        WorkspaceId workspace = subject.occasion().workspace();
        PersonKey stranger = PersonKey.of(workspace, subject.identity());
        Optional<KnownPerson> found =
                Optional.ofNullable(asked.person()).or(() -> known(workspace, subject.identity()));
        PersonKey person = found.map(known -> PersonKey.of(known.id())).orElse(stranger);
        ZoneId zone =
                RuleFacts.zone(
                        found.map(known -> known.details().timeZone()).orElse(""),
                        workspaces.find(workspace).map(w -> w.timeZone().getId()).orElse(""));
        List<RuleSetFacts> inForce =
                ruleSets.inForce(workspace, subject.ruleSets()).stream()
                        .map(ruleSet ->
                                RuleSetFacts.of(
                                        ruleSet,
                                        reservations.of(
                                                List.of(stranger, person),
                                                ruleSet.id(),
                                                subject.message(),
                                                counted)))
                        .toList();
        return inForce.isEmpty() ? RuleFacts.NONE : new RuleFacts(person, zone, inForce);
    }

    private Optional<KnownPerson> known(WorkspaceId workspace, Identity identity) {
        return profiles.find(workspace, identity)
                .map(profile -> new KnownPerson(profile.id(), profile.details()));
    }
}
