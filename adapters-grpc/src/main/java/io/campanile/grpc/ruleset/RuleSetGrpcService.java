package io.campanile.grpc.ruleset;

import com.google.protobuf.Empty;
import com.google.protobuf.FieldMask;

import io.campanile.application.access.ChangeCall;
import io.campanile.application.query.Page;
import io.campanile.application.ruleset.ManageRuleSets;
import io.campanile.application.ruleset.RuleSetResult;
import io.campanile.domain.ruleset.RuleSetName;
import io.campanile.grpc.call.GrpcErrors;
import io.campanile.grpc.call.Unary;
import io.campanile.grpc.resource.Edits;
import io.campanile.grpc.resource.FieldMasks;
import io.campanile.grpc.resource.Names;
import io.campanile.grpc.resource.Pages;
import io.campanile.v1.*;
import io.grpc.stub.StreamObserver;

import java.util.function.BiFunction;
import java.util.function.Supplier;

/// `RuleSetService`.
public final class RuleSetGrpcService extends RuleSetServiceGrpc.RuleSetServiceImplBase {
    private final ManageRuleSets ruleSets;

    public RuleSetGrpcService(ManageRuleSets ruleSets) {
        this.ruleSets = ruleSets;
    }

    @Override
    public void createRuleSet(CreateRuleSetRequest request, StreamObserver<RuleSet> observer) {
        change(observer, () -> create(request));
    }

    private RuleSetResult create(CreateRuleSetRequest request) {
        return ruleSets.create(
                new RuleSetName(Names.workspace(request.getParent()), request.getRuleSetId()),
                RuleSetProtos.definition(request.getRuleSet()),
                Edits.call(request, "", request.getValidateOnly()));
    }

    @Override
    public void getRuleSet(GetRuleSetRequest request, StreamObserver<RuleSet> observer) {
        Unary.respond(observer, () -> RuleSetProtos.proto(get(request.getName())));
    }

    private io.campanile.domain.ruleset.RuleSet get(String name) {
        return ruleSets.get(Names.ruleSet(name)).orElseThrow(() -> GrpcErrors.notFound(name));
    }

    @Override
    public void listRuleSets(
            ListRuleSetsRequest request, StreamObserver<ListRuleSetsResponse> observer) {
        Unary.respond(observer, () -> list(request));
    }

    private ListRuleSetsResponse list(ListRuleSetsRequest request) {
        Page.Found<io.campanile.domain.ruleset.RuleSet> page =
                Pages.found(
                        ruleSets.list(
                                Names.workspace(request.getParent()), Pages.request(request)));
        var response = ListRuleSetsResponse.newBuilder().setNextPageToken(page.nextPageToken());
        page.entries().forEach(ruleSet -> response.addRuleSets(RuleSetProtos.proto(ruleSet)));
        return response.build();
    }

    @Override
    public void updateRuleSet(UpdateRuleSetRequest request, StreamObserver<RuleSet> observer) {
        change(observer, () -> update(request));
    }

    private RuleSetResult update(UpdateRuleSetRequest request) {
        RuleSet source = request.getRuleSet();
        RuleSetName name = Names.ruleSet("rule_set.name", source.getName());
        FieldMask paths =
                FieldMasks.paths(request.getUpdateMask(), request.hasUpdateMask(), source);
        return ruleSets.update(
                name,
                known ->
                        RuleSetProtos.definition(
                                FieldMasks.merge(paths, source, RuleSetProtos.editable(known))),
                Edits.call(source.getEtag(), request.getValidateOnly()));
    }

    @Override
    public void deleteRuleSet(DeleteRuleSetRequest request, StreamObserver<Empty> observer) {
        Unary.respond(
                observer,
                () -> {
                    RuleSetResult result =
                            ruleSets.delete(
                                    Names.ruleSet(request.getName()),
                                    Edits.call(request.getEtag(), request.getValidateOnly()));
                    var _ = done(result);
                    return Empty.getDefaultInstance();
                });
    }

    @Override
    public void activateRuleSet(ActivateRuleSetRequest request, StreamObserver<RuleSet> observer) {
        change(
                observer,
                request.getName(),
                request.getEtag(),
                request.getValidateOnly(),
                ruleSets::activate);
    }

    @Override
    public void deactivateRuleSet(
            DeactivateRuleSetRequest request, StreamObserver<RuleSet> observer) {
        change(
                observer,
                request.getName(),
                request.getEtag(),
                request.getValidateOnly(),
                ruleSets::deactivate);
    }

    private static void change(
            StreamObserver<RuleSet> observer,
            String name,
            String etag,
            boolean validateOnly,
            BiFunction<RuleSetName, ChangeCall, RuleSetResult> change) {
        change(observer, () -> change.apply(Names.ruleSet(name), Edits.call(etag, validateOnly)));
    }

    private static void change(StreamObserver<RuleSet> observer, Supplier<RuleSetResult> change) {
        Unary.respond(observer, () -> RuleSetProtos.proto(done(change.get())));
    }

    private static io.campanile.domain.ruleset.RuleSet done(RuleSetResult result) {
        return switch (result) {
            case RuleSetResult.Done(var ruleSet) -> ruleSet;
            case RuleSetResult.NotDone why -> throw RuleSetErrors.error(why);
        };
    }
}
