package io.campanile.grpc.call;

import com.google.protobuf.Message;

import io.campanile.domain.access.Permission;
import io.campanile.grpc.call.MethodRule.Checking;
import io.campanile.v1.*;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// What every method asks of its callers, in one place. A service with a method that is not here
/// cannot be served.
final class MethodRules {
    private static final Set<Permission> VIEW = Set.of(Permission.VIEW);
    private static final Set<Permission> TRIGGER = Set.of(Permission.TRIGGER);
    private static final Set<Permission> FOLLOW = Set.of(Permission.VIEW, Permission.TRIGGER);
    private static final Set<Permission> KEEP = Set.of(Permission.TRIGGER, Permission.OPERATE);
    private static final Set<Permission> EDIT = Set.of(Permission.EDIT);
    private static final Set<Permission> ACTIVATE = Set.of(Permission.ACTIVATE);
    private static final Set<Permission> OPERATE = Set.of(Permission.OPERATE);
    private static final Set<Permission> CONFIGURE = Set.of(Permission.CONFIGURE);
    private static final Set<Permission> ADMINISTER = Set.of(Permission.ADMINISTER);

    /// For requests that are about the caller's own workspace by nature.
    private static final String NO_NAME = "";

    private final Map<String, MethodRule> rules = new LinkedHashMap<>();

    MethodRules() {
        triggers();
        campaigns();
        channelConfigurations();
        ruleSets();
        messages();
        profiles();
        suppressions();
        audiences();
        access();
        operation();
    }

    MethodRule of(MethodDescriptor<?, ?> method) {
        MethodRule rule = rules.get(method.getFullMethodName());
        if (rule == null) {
            throw new IllegalStateException("no rule for " + method.getFullMethodName());
        }
        return rule;
    }

    Iterable<MethodRule> all() {
        return rules.values();
    }

    private void triggers() {
        // Its recipients are checked one by one, and its items on their own.
        add(
                TriggerServiceGrpc.getTriggerCampaignMethod(),
                TRIGGER,
                TriggerCampaignRequest::getCampaign,
                Checking.HANDLER,
                null);
        add(
                TriggerServiceGrpc.getStreamTriggersMethod(),
                TRIGGER,
                r -> r.getTrigger().getCampaign(),
                Checking.HANDLER,
                error ->
                        StreamTriggersResponse.newBuilder()
                                .setError(GrpcErrors.toProto(error))
                                .build());
        add(TriggerServiceGrpc.getGetExecutionMethod(), FOLLOW, GetExecutionRequest::getName);
        add(TriggerServiceGrpc.getListExecutionsMethod(), FOLLOW, ListExecutionsRequest::getParent);
        add(TriggerServiceGrpc.getWatchExecutionMethod(), FOLLOW, WatchExecutionRequest::getName);
        add(
                TriggerServiceGrpc.getTriggerAudienceMethod(),
                TRIGGER,
                TriggerAudienceRequest::getCampaign);
        add(TriggerServiceGrpc.getPauseExecutionMethod(), KEEP, PauseExecutionRequest::getName);
        add(TriggerServiceGrpc.getResumeExecutionMethod(), KEEP, ResumeExecutionRequest::getName);
        add(TriggerServiceGrpc.getCancelExecutionMethod(), KEEP, CancelExecutionRequest::getName);
    }

    private void campaigns() {
        add(CampaignServiceGrpc.getCreateCampaignMethod(), EDIT, CreateCampaignRequest::getParent);
        add(CampaignServiceGrpc.getGetCampaignMethod(), VIEW, GetCampaignRequest::getName);
        add(CampaignServiceGrpc.getListCampaignsMethod(), VIEW, ListCampaignsRequest::getParent);
        add(CampaignServiceGrpc.getUpdateCampaignMethod(), EDIT, r -> r.getCampaign().getName());
        add(CampaignServiceGrpc.getDeleteCampaignMethod(), EDIT, DeleteCampaignRequest::getName);
        add(CampaignServiceGrpc.getReviewCampaignMethod(), VIEW, ReviewCampaignRequest::getName);
        add(
                CampaignServiceGrpc.getActivateCampaignMethod(),
                ACTIVATE,
                ActivateCampaignRequest::getName);
        add(CampaignServiceGrpc.getPauseCampaignMethod(), OPERATE, PauseCampaignRequest::getName);
        add(CampaignServiceGrpc.getResumeCampaignMethod(), OPERATE, ResumeCampaignRequest::getName);
        add(CampaignServiceGrpc.getStopCampaignMethod(), OPERATE, StopCampaignRequest::getName);
        add(
                CampaignServiceGrpc.getRollbackCampaignMethod(),
                ACTIVATE,
                RollbackCampaignRequest::getName);
        add(
                CampaignServiceGrpc.getDuplicateCampaignMethod(),
                EDIT,
                DuplicateCampaignRequest::getName);
        add(
                CampaignServiceGrpc.getArchiveCampaignMethod(),
                OPERATE,
                ArchiveCampaignRequest::getName);
        add(CampaignServiceGrpc.getCreateDraftMethod(), EDIT, CreateDraftRequest::getName);
        add(CampaignServiceGrpc.getDiscardDraftMethod(), EDIT, DiscardDraftRequest::getName);
        add(
                CampaignServiceGrpc.getListCampaignRevisionsMethod(),
                VIEW,
                ListCampaignRevisionsRequest::getParent);
        add(
                CampaignServiceGrpc.getGetCampaignRevisionMethod(),
                VIEW,
                GetCampaignRevisionRequest::getName);
        add(
                CampaignServiceGrpc.getGetCampaignContractMethod(),
                FOLLOW,
                GetCampaignContractRequest::getName);
    }

    private void channelConfigurations() {
        add(
                ChannelConfigurationServiceGrpc.getCreateChannelConfigurationMethod(),
                CONFIGURE,
                CreateChannelConfigurationRequest::getParent);
        add(
                ChannelConfigurationServiceGrpc.getGetChannelConfigurationMethod(),
                VIEW,
                GetChannelConfigurationRequest::getName);
        add(
                ChannelConfigurationServiceGrpc.getListChannelConfigurationsMethod(),
                VIEW,
                ListChannelConfigurationsRequest::getParent);
        add(
                ChannelConfigurationServiceGrpc.getUpdateChannelConfigurationMethod(),
                CONFIGURE,
                r -> r.getChannelConfiguration().getName());
        add(
                ChannelConfigurationServiceGrpc.getDeleteChannelConfigurationMethod(),
                CONFIGURE,
                DeleteChannelConfigurationRequest::getName);
        add(
                ChannelConfigurationServiceGrpc.getActivateChannelConfigurationMethod(),
                CONFIGURE,
                ActivateChannelConfigurationRequest::getName);
        add(
                ChannelConfigurationServiceGrpc.getPauseChannelConfigurationMethod(),
                CONFIGURE,
                PauseChannelConfigurationRequest::getName);
        add(
                ChannelConfigurationServiceGrpc.getResumeChannelConfigurationMethod(),
                CONFIGURE,
                ResumeChannelConfigurationRequest::getName);
        add(
                ChannelConfigurationServiceGrpc.getDeactivateChannelConfigurationMethod(),
                CONFIGURE,
                DeactivateChannelConfigurationRequest::getName);
    }

    private void ruleSets() {
        add(
                RuleSetServiceGrpc.getCreateRuleSetMethod(),
                CONFIGURE,
                CreateRuleSetRequest::getParent);
        add(RuleSetServiceGrpc.getGetRuleSetMethod(), VIEW, GetRuleSetRequest::getName);
        add(RuleSetServiceGrpc.getListRuleSetsMethod(), VIEW, ListRuleSetsRequest::getParent);
        add(RuleSetServiceGrpc.getUpdateRuleSetMethod(), CONFIGURE, r -> r.getRuleSet().getName());
        add(RuleSetServiceGrpc.getDeleteRuleSetMethod(), CONFIGURE, DeleteRuleSetRequest::getName);
        add(
                RuleSetServiceGrpc.getActivateRuleSetMethod(),
                CONFIGURE,
                ActivateRuleSetRequest::getName);
        add(
                RuleSetServiceGrpc.getDeactivateRuleSetMethod(),
                CONFIGURE,
                DeactivateRuleSetRequest::getName);
    }

    private void messages() {
        add(MessageServiceGrpc.getGetMessageMethod(), FOLLOW, GetMessageRequest::getName);
        add(MessageServiceGrpc.getListMessagesMethod(), FOLLOW, ListMessagesRequest::getParent);
        add(
                MessageServiceGrpc.getListMessageEventsMethod(),
                FOLLOW,
                ListMessageEventsRequest::getParent);
        add(
                MessageServiceGrpc.getExplainRecipientMethod(),
                FOLLOW,
                ExplainRecipientRequest::getCampaign);
        add(MessageServiceGrpc.getExplainMessageMethod(), FOLLOW, ExplainMessageRequest::getName);
        // Its receipts are checked one by one.
        add(
                MessageServiceGrpc.getRecordReceiptsMethod(),
                KEEP,
                RecordReceiptsRequest::getParent,
                Checking.HANDLER,
                null);
    }

    private void profiles() {
        add(ProfileServiceGrpc.getUpsertProfileMethod(), KEEP, UpsertProfileRequest::getParent);
        add(
                ProfileServiceGrpc.getBatchUpsertProfilesMethod(),
                KEEP,
                BatchUpsertProfilesRequest::getParent);
        // Its rows are checked one by one.
        add(
                ProfileServiceGrpc.getImportProfilesMethod(),
                KEEP,
                ImportProfilesRequest::getParent,
                Checking.HANDLER,
                null);
        add(ProfileServiceGrpc.getGetProfileMethod(), FOLLOW, GetProfileRequest::getName);
        add(ProfileServiceGrpc.getLookUpProfileMethod(), FOLLOW, LookUpProfileRequest::getParent);
        add(ProfileServiceGrpc.getListProfilesMethod(), VIEW, ListProfilesRequest::getParent);
        add(ProfileServiceGrpc.getMergeProfilesMethod(), OPERATE, MergeProfilesRequest::getName);
        add(ProfileServiceGrpc.getEraseProfileMethod(), OPERATE, EraseProfileRequest::getName);
        add(ProfileServiceGrpc.getExportProfileMethod(), OPERATE, ExportProfileRequest::getName);
        add(ProfileServiceGrpc.getRecordConsentMethod(), KEEP, RecordConsentRequest::getParent);
        add(
                ProfileServiceGrpc.getBatchRecordConsentsMethod(),
                KEEP,
                BatchRecordConsentsRequest::getParent);
        add(ProfileServiceGrpc.getConfirmConsentMethod(), KEEP, ConfirmConsentRequest::getParent);
        add(ProfileServiceGrpc.getGetConsentsMethod(), FOLLOW, GetConsentsRequest::getParent);
        add(
                ProfileServiceGrpc.getListConsentRecordsMethod(),
                FOLLOW,
                ListConsentRecordsRequest::getParent);
    }

    private void suppressions() {
        add(
                SuppressionServiceGrpc.getCreateSuppressionMethod(),
                OPERATE,
                CreateSuppressionRequest::getParent);
        add(SuppressionServiceGrpc.getGetSuppressionMethod(), VIEW, GetSuppressionRequest::getName);
        add(
                SuppressionServiceGrpc.getListSuppressionsMethod(),
                VIEW,
                ListSuppressionsRequest::getParent);
        add(
                SuppressionServiceGrpc.getDeleteSuppressionMethod(),
                OPERATE,
                DeleteSuppressionRequest::getName);
        add(
                SuppressionServiceGrpc.getImportSuppressionsMethod(),
                OPERATE,
                ImportSuppressionsRequest::getParent);
        add(
                SuppressionServiceGrpc.getExportSuppressionsMethod(),
                OPERATE,
                ExportSuppressionsRequest::getParent);
        add(
                SuppressionServiceGrpc.getCreateAllowedEntryMethod(),
                OPERATE,
                CreateAllowedEntryRequest::getParent);
        add(
                SuppressionServiceGrpc.getGetAllowedEntryMethod(),
                VIEW,
                GetAllowedEntryRequest::getName);
        add(
                SuppressionServiceGrpc.getListAllowedEntriesMethod(),
                VIEW,
                ListAllowedEntriesRequest::getParent);
        add(
                SuppressionServiceGrpc.getDeleteAllowedEntryMethod(),
                OPERATE,
                DeleteAllowedEntryRequest::getName);
        add(
                SuppressionServiceGrpc.getImportAllowedEntriesMethod(),
                OPERATE,
                ImportAllowedEntriesRequest::getParent);
        add(
                SuppressionServiceGrpc.getExportAllowedEntriesMethod(),
                OPERATE,
                ExportAllowedEntriesRequest::getParent);
    }

    private void audiences() {
        add(AudienceServiceGrpc.getCreateAudienceMethod(), EDIT, CreateAudienceRequest::getParent);
        add(AudienceServiceGrpc.getGetAudienceMethod(), FOLLOW, GetAudienceRequest::getName);
        add(AudienceServiceGrpc.getListAudiencesMethod(), VIEW, ListAudiencesRequest::getParent);
        add(AudienceServiceGrpc.getUpdateAudienceMethod(), EDIT, r -> r.getAudience().getName());
        add(AudienceServiceGrpc.getDeleteAudienceMethod(), EDIT, DeleteAudienceRequest::getName);
        add(
                AudienceServiceGrpc.getAddAudienceMembersMethod(),
                KEEP,
                AddAudienceMembersRequest::getName);
        add(
                AudienceServiceGrpc.getRemoveAudienceMembersMethod(),
                KEEP,
                RemoveAudienceMembersRequest::getName);
        add(
                AudienceServiceGrpc.getListAudienceMembersMethod(),
                FOLLOW,
                ListAudienceMembersRequest::getParent);
        add(
                AudienceServiceGrpc.getEstimateAudienceMethod(),
                VIEW,
                EstimateAudienceRequest::getName);
        // Its rows are checked one by one.
        add(
                AudienceServiceGrpc.getImportAudienceMembersMethod(),
                KEEP,
                ImportAudienceMembersRequest::getName,
                Checking.HANDLER,
                null);
    }

    private void access() {
        add(AccessServiceGrpc.getCreateWorkspaceMethod(), ADMINISTER, _ -> NO_NAME);
        add(AccessServiceGrpc.getGetWorkspaceMethod(), VIEW, GetWorkspaceRequest::getName);
        add(
                AccessServiceGrpc.getUpdateWorkspaceMethod(),
                ADMINISTER,
                r -> r.getWorkspace().getName());
        add(AccessServiceGrpc.getListWorkspacesMethod(), VIEW, _ -> NO_NAME);
        add(AccessServiceGrpc.getCreateApiKeyMethod(), ADMINISTER, CreateApiKeyRequest::getParent);
        add(AccessServiceGrpc.getGetApiKeyMethod(), ADMINISTER, GetApiKeyRequest::getName);
        add(AccessServiceGrpc.getListApiKeysMethod(), ADMINISTER, ListApiKeysRequest::getParent);
        add(AccessServiceGrpc.getRevokeApiKeyMethod(), ADMINISTER, RevokeApiKeyRequest::getName);
        add(
                AccessServiceGrpc.getListAuditEntriesMethod(),
                ADMINISTER,
                ListAuditEntriesRequest::getParent);
    }

    private void operation() {
        add(OperationServiceGrpc.getGetStatusMethod(), VIEW, GetStatusRequest::getName);
    }

    private <Q extends Message> void add(
            MethodDescriptor<Q, ?> method, Set<Permission> anyOf, Function<Q, String> resource) {
        add(method, anyOf, resource, Checking.GATE, null);
    }

    @SuppressWarnings(
            "unchecked") // The gate hands a method's rule nothing but that method's requests.
    private <Q extends Message> void add(
            MethodDescriptor<Q, ?> method,
            Set<Permission> anyOf,
            Function<Q, String> resource,
            Checking checking,
            @Nullable Function<StatusRuntimeException, Object> itemAnswer) {
        rules.put(
                method.getFullMethodName(),
                new MethodRule(
                        method,
                        anyOf,
                        request -> resource.apply((Q) request),
                        checking,
                        itemAnswer));
    }
}
