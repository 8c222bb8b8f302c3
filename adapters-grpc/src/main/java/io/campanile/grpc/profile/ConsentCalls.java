package io.campanile.grpc.profile;

import io.campanile.application.consent.ConfirmConsent;
import io.campanile.application.consent.ConfirmationResult;
import io.campanile.application.consent.ManageConsents;
import io.campanile.application.consent.Person;
import io.campanile.application.consent.StatementsResult;
import io.campanile.domain.consent.ConsentRecord;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.grpc.call.Callers;
import io.campanile.grpc.call.GrpcErrors;
import io.campanile.grpc.resource.Edits;
import io.campanile.grpc.resource.Names;
import io.campanile.grpc.resource.Pages;
import io.campanile.v1.BatchRecordConsentsRequest;
import io.campanile.v1.BatchRecordConsentsResponse;
import io.campanile.v1.ConfirmConsentRequest;
import io.campanile.v1.ErrorReason;
import io.campanile.v1.GetConsentsRequest;
import io.campanile.v1.GetConsentsResponse;
import io.campanile.v1.ListConsentRecordsRequest;
import io.campanile.v1.ListConsentRecordsResponse;
import io.campanile.v1.RecordConsentRequest;
import io.campanile.v1.ViolationReason;

import java.util.List;
import java.util.Map;

/// What people agree to and refuse, for `ProfileService`.
final class ConsentCalls {
    private final ManageConsents consents;
    private final ConfirmConsent confirmations;
    private final ConsentProtos protos;

    ConsentCalls(ManageConsents consents, ConfirmConsent confirmations, ConsentProtos protos) {
        this.consents = consents;
        this.confirmations = confirmations;
        this.protos = protos;
    }

    io.campanile.v1.ConsentRecord record(RecordConsentRequest request) {
        WorkspaceId workspace = Names.workspace(request.getParent());
        return consents.record(
                        workspace,
                        protos.speaker(workspace, request.getSubject()),
                        protos.said(request),
                        Edits.call("", request.getValidateOnly()))
                .map(record -> answer(record, request.getValidateOnly()).build())
                .orElseThrow(() -> ProfileErrors.nobody(request.getParent(), request.getSubject()));
    }

    private io.campanile.v1.ConsentRecord.Builder answer(
            ConsentRecord record, boolean validateOnly) {
        var answer = proto(record).toBuilder();
        return validateOnly ? answer : answer.setConfirmationToken(confirmations.token(record));
    }

    BatchRecordConsentsResponse record(BatchRecordConsentsRequest request) {
        WorkspaceId workspace = Names.workspace(request.getParent());
        StatementsResult result =
                consents.recordAll(
                        workspace,
                        protos.statements(workspace, request.getStatementsList()),
                        Edits.call("", request.getValidateOnly()));
        return switch (result) {
            case StatementsResult.Recorded(var records) ->
                    answer(records, request.getValidateOnly());
            case StatementsResult.NotFound(var indexes) ->
                    throw GrpcErrors.fieldViolations(
                            indexes.stream()
                                    .map(index ->
                                            ConsentProtos.unknownProfile(
                                                    "statements[" + index + "].subject"))
                                    .toList());
        };
    }

    /// Without what was sent with it: a thousand proofs are more than an answer may hold.
    private BatchRecordConsentsResponse answer(List<ConsentRecord> records, boolean validateOnly) {
        var response = BatchRecordConsentsResponse.newBuilder();
        for (ConsentRecord record : records) {
            var answer = answer(record, validateOnly);
            answer.getConsentBuilder().clearProof();
            response.addConsentRecords(answer);
        }
        return response.build();
    }

    io.campanile.v1.ConsentRecord confirm(ConfirmConsentRequest request) {
        ConfirmationResult result =
                confirmations.confirm(
                        Names.workspace(request.getParent()),
                        request.getConfirmationToken(),
                        request.getProof(),
                        Edits.call("", request.getValidateOnly()));
        return switch (result) {
            case ConfirmationResult.Granted(var record) -> proto(record);
            case ConfirmationResult.Overtaken(var counting) ->
                    throw GrpcErrors.failedPrecondition(
                            ErrorReason.ERROR_REASON_CONSENT_NOT_PENDING,
                            "the person has refused since they were asked",
                            Map.of("consentRecord", counting.name()));
            case ConfirmationResult.TokenUnknown() ->
                    throw GrpcErrors.fieldViolation(
                            "confirmation_token",
                            ViolationReason.VIOLATION_REASON_SYNTAX,
                            "is not the confirmation token of a consent record of this workspace");
        };
    }

    GetConsentsResponse current(GetConsentsRequest request) {
        WorkspaceId workspace = Names.workspace(request.getParent());
        Person person = protos.person(workspace, request.getSubject());
        var response = GetConsentsResponse.newBuilder();
        consents.current(workspace, person)
                .orElseThrow(() -> ProfileErrors.nobody(request.getParent(), request.getSubject()))
                .forEach(record -> response.addConsentRecords(proto(record)));
        return response.build();
    }

    ListConsentRecordsResponse list(ListConsentRecordsRequest request) {
        WorkspaceId workspace = Names.workspace(request.getParent());
        Person person = protos.person(workspace, request.getSubject());
        Pages.Cut<io.campanile.v1.ConsentRecord> page =
                Pages.fitting(
                        consents.list(workspace, person, Pages.request(request))
                                .orElseThrow(() ->
                                        ProfileErrors.nobody(
                                                request.getParent(), request.getSubject())),
                        ConsentCalls::proto);
        return ListConsentRecordsResponse.newBuilder()
                .addAllConsentRecords(page.entries())
                .setNextPageToken(page.nextPageToken())
                .build();
    }

    private static io.campanile.v1.ConsentRecord proto(ConsentRecord record) {
        return ConsentProtos.proto(record, Callers.mayIdentify());
    }
}
