package io.campanile.server.node;

import io.campanile.application.access.Changes;
import io.campanile.application.consent.ConfirmConsent;
import io.campanile.application.consent.FormerDenials;
import io.campanile.application.consent.ManageConsents;
import io.campanile.application.consent.UnsubscribeLinks;
import io.campanile.application.content.PayloadOpener;
import io.campanile.application.erasure.EraseProfile;
import io.campanile.application.erasure.ExportProfile;
import io.campanile.application.merge.MergeProfiles;
import io.campanile.application.profile.AddressAttributes;
import io.campanile.application.profile.ImportProfiles;
import io.campanile.application.profile.ManageProfiles;
import io.campanile.application.share.LongCalls;
import io.campanile.application.suppression.ImportAllowedEntries;
import io.campanile.application.suppression.ImportSuppressions;
import io.campanile.application.suppression.ManageAllowedEntries;
import io.campanile.application.suppression.ManageSuppressions;
import io.campanile.grpc.profile.ProfileGrpcService;
import io.campanile.grpc.suppression.SuppressionGrpcService;
import io.campanile.persistence.content.JacksonPayloadCodec;

/// People: who they are, what they said, and which addresses nobody writes to.
final class PeopleWiring {
    private final StorePorts store;
    private final Changes changes;
    private final NodeKeys keys;
    private final LongCalls longReads = LongCalls.ofReaders();
    private final LongCalls longChanges = LongCalls.ofWriters();
    private final FormerDenials formerDenials;
    private final AddressAttributes addressAttributes;
    private final ManageProfiles profiles;
    private final ManageConsents consents;
    private final EraseProfile erasures;

    PeopleWiring(StorePorts store, Changes changes, NodeKeys keys) {
        this.store = store;
        this.changes = changes;
        this.keys = keys;
        this.formerDenials =
                new FormerDenials(store.consents(), store.profiles(), keys.pseudonyms(), changes);
        this.addressAttributes = new AddressAttributes(store.workspaces(), store.configurations());
        this.profiles =
                new ManageProfiles(
                        store.profiles(),
                        store.workspaces(),
                        addressAttributes,
                        store.reservations(),
                        formerDenials,
                        longReads,
                        changes);
        this.consents = new ManageConsents(store.consents(), profiles, formerDenials, changes);
        this.erasures = erasures();
    }

    private EraseProfile erasures() {
        var payloads = new PayloadOpener(new JacksonPayloadCodec(), keys.sealer());
        var stores =
                new EraseProfile.Stores(
                        store.profiles(),
                        addressAttributes,
                        store.consents(),
                        store.suppressions(),
                        store.bounces(),
                        store.allowedEntries(),
                        store.audiences(),
                        store.broadcastMembers(),
                        store.reservations(),
                        store.erasures(payloads));
        return new EraseProfile(
                stores, keys.pseudonyms(), changes, longChanges, store.hot().nodes()::databaseTime);
    }

    ManageProfiles profiles() {
        return profiles;
    }

    /// Where all that reads for long waits for its turn.
    LongCalls longReads() {
        return longReads;
    }

    /// Goes on with erasures that a node left unfinished.
    void goOnErasing() {
        erasures.goOn();
    }

    ProfileGrpcService.UseCases profileUseCases() {
        return new ProfileGrpcService.UseCases(
                profiles,
                new ImportProfiles(store.profileImports(), profiles, changes),
                merges(),
                erasures,
                exports(),
                consents,
                new ConfirmConsent(store.consents(), formerDenials, changes, keys.tokens()),
                new UnsubscribeLinks(keys.tokens()));
    }

    private MergeProfiles merges() {
        var stores =
                new MergeProfiles.Stores(
                        store.profiles(),
                        addressAttributes,
                        store.consents(),
                        store.audiences(),
                        store.broadcastMembers(),
                        store.reservations());
        return new MergeProfiles(stores, changes, longChanges);
    }

    private ExportProfile exports() {
        var stores =
                new ExportProfile.Stores(
                        store.profiles(),
                        addressAttributes,
                        store.audiences(),
                        store.suppressions(),
                        store.allowedEntries(),
                        store.messages());
        return new ExportProfile(stores, consents, keys.pseudonyms(), changes);
    }

    SuppressionGrpcService.UseCases suppressionUseCases() {
        return new SuppressionGrpcService.UseCases(
                new ManageSuppressions(
                        store.suppressions(), store.bounces(), keys.pseudonyms(), changes),
                new ImportSuppressions(store.suppressions(), changes),
                new ManageAllowedEntries(store.allowedEntries(), changes),
                new ImportAllowedEntries(store.allowedEntries(), changes));
    }
}
