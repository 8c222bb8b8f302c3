package io.campanile.grpc;

import java.util.List;
import java.util.stream.Stream;

/// A call, and the lines it leaves in the audit trail. They make one story: some need what those
/// before them made.
///
/// @param method its bare name
/// @param key what the names in its answer are kept under
/// @param request in the text form of protobuf; in it and in the lines, `~` is the workspace, and
///   `$key.field` the name in an earlier answer, or in this one
/// @param lines action and resource of each, in no order
record AuditedCall(String method, String key, String request, List<String> lines) {
    @Override
    public String toString() {
        return method + ' ' + request;
    }

    static List<AuditedCall> all() {
        return Stream.of(
                        access(),
                        channelConfigurations(),
                        campaigns(),
                        people(),
                        audiences(),
                        ruleSets(),
                        lists(),
                        executions())
                .flatMap(List::stream)
                .toList();
    }

    private static AuditedCall call(String method, String request, String... lines) {
        return new AuditedCall(method, method, request, List.of(lines));
    }

    private AuditedCall as(String newKey) {
        return new AuditedCall(method, newKey, request, lines);
    }

    private static List<AuditedCall> access() {
        return List.of(
                call(
                        "CreateWorkspace",
                        "workspace_id: 'another'",
                        "WORKSPACE_CREATED workspaces/another",
                        "API_KEY_CREATED $CreateWorkspace.api_key"),
                call(
                        "UpdateWorkspace",
                        "workspace { name: '~' display_name: 'Shop' }",
                        "WORKSPACE_UPDATED ~"),
                call(
                        "CreateApiKey",
                        "parent: '~' api_key { display_name: 'shop' roles: ROLE_TRIGGER }",
                        "API_KEY_CREATED $CreateApiKey.api_key"),
                call(
                        "RevokeApiKey",
                        "name: '$CreateApiKey.api_key'",
                        "API_KEY_REVOKED $CreateApiKey.api_key"));
    }

    private static List<AuditedCall> channelConfigurations() {
        String relay = "~/channelConfigurations/relay";
        String named = "name: '" + relay + "'";
        return List.of(
                call(
                        "CreateChannelConfiguration",
                        "parent: '~' channel_configuration_id: 'relay' channel_configuration {"
                                + " channel: CHANNEL_EMAIL category: CATEGORY_TRANSACTIONAL"
                                + " email { from_address: 'shop@example.com' }"
                                + " smtp { host: 'relay.example.com' } }",
                        "CHANNEL_CONFIGURATION_CREATED " + relay),
                call(
                        "UpdateChannelConfiguration",
                        "channel_configuration { " + named + " display_name: 'Relay' }",
                        "CHANNEL_CONFIGURATION_UPDATED " + relay),
                call(
                        "ActivateChannelConfiguration",
                        named,
                        "CHANNEL_CONFIGURATION_ACTIVATED " + relay),
                call("PauseChannelConfiguration", named, "CHANNEL_CONFIGURATION_PAUSED " + relay),
                call("ResumeChannelConfiguration", named, "CHANNEL_CONFIGURATION_RESUMED " + relay),
                call(
                        "DeactivateChannelConfiguration",
                        named,
                        "CHANNEL_CONFIGURATION_DEACTIVATED " + relay),
                call(
                        "DeleteChannelConfiguration",
                        named,
                        "CHANNEL_CONFIGURATION_DELETED " + relay));
    }

    private static List<AuditedCall> campaigns() {
        String sale = "~/campaigns/sale";
        String named = "name: '" + sale + "'";
        return List.of(
                call(
                        "CreateCampaign",
                        "parent: '~' campaign_id: 'sale' campaign { draft { display_name: 'Sale'"
                                + " category: CATEGORY_TRANSACTIONAL"
                                + " channel_configuration: '~/channelConfigurations/mail'"
                                + " content { email { subject: 'Hello' text: 'Hello' } } } }",
                        "CAMPAIGN_CREATED " + sale),
                call(
                        "UpdateCampaign",
                        "campaign { " + named + " draft { description: 'Once a year' } }",
                        "CAMPAIGN_UPDATED " + sale),
                call("ActivateCampaign", named, "CAMPAIGN_ACTIVATED " + sale),
                call("CreateDraft", named, "CAMPAIGN_DRAFT_CREATED " + sale),
                call("DiscardDraft", named, "CAMPAIGN_DRAFT_DISCARDED " + sale),
                call("CreateDraft", named, "CAMPAIGN_DRAFT_CREATED " + sale),
                call("ActivateCampaign", named, "CAMPAIGN_ACTIVATED " + sale),
                call(
                        "RollbackCampaign",
                        named + " revision: '" + sale + "/revisions/1'",
                        "CAMPAIGN_ROLLED_BACK " + sale),
                call("PauseCampaign", named + " mode: PAUSE_MODE_HOLD", "CAMPAIGN_PAUSED " + sale),
                call("ResumeCampaign", named, "CAMPAIGN_RESUMED " + sale),
                call("StopCampaign", named, "CAMPAIGN_STOPPED " + sale),
                call("ArchiveCampaign", named, "CAMPAIGN_ARCHIVED " + sale),
                call(
                        "DuplicateCampaign",
                        named + " campaign_id: 'copy'",
                        "CAMPAIGN_CREATED ~/campaigns/copy"),
                call(
                        "DeleteCampaign",
                        "name: '~/campaigns/copy'",
                        "CAMPAIGN_DELETED ~/campaigns/copy"));
    }

    /// What becomes known of people, and what they say, has a history of its own.
    private static List<AuditedCall> people() {
        return List.of(
                call("UpsertProfile", "parent: '~' profile { " + person("ada") + " }").as("ada"),
                call("UpsertProfile", "parent: '~' profile { " + person("grace") + " }")
                        .as("grace"),
                call("BatchUpsertProfiles", "parent: '~' profiles { " + person("mary") + " }"),
                call(
                        "ImportProfiles",
                        "parent: '~' import_id: 'first' profiles { " + person("joan") + " }"),
                call(
                        "RecordConsent",
                        "parent: '~' subject { "
                                + key("ada")
                                + " } consent { state: STATE_PENDING"
                                + " channel: CHANNEL_EMAIL purpose: PURPOSE_MARKETING }"),
                call(
                        "BatchRecordConsents",
                        "parent: '~' statements { subject { "
                                + key("ada")
                                + " } consent { state: STATE_GRANTED channel: CHANNEL_EMAIL"
                                + " purpose: PURPOSE_SERVICE say_time { seconds: 1620000000 } } }"),
                call(
                        "ConfirmConsent",
                        "parent: '~' confirmation_token: '$RecordConsent.confirmation_token'"),
                call(
                        "MergeProfiles",
                        "name: '$ada.name' source: '$grace.name'",
                        "PROFILES_MERGED $ada.name"),
                call("ExportProfile", "name: '$ada.name'", "PROFILE_EXPORTED $ada.name"),
                call("EraseProfile", "name: '$ada.name'", "PROFILE_ERASED $ada.name"));
    }

    private static List<AuditedCall> audiences() {
        String readers = "~/audiences/readers";
        String named = "name: '" + readers + "'";
        return List.of(
                call(
                        "CreateAudience",
                        "parent: '~' audience_id: 'readers' audience { display_name: 'Readers' }",
                        "AUDIENCE_CREATED " + readers),
                call(
                        "UpdateAudience",
                        "audience { " + named + " display_name: 'All readers' }",
                        "AUDIENCE_UPDATED " + readers),
                call(
                        "AddAudienceMembers",
                        named + " members { " + key("mary") + " }",
                        "AUDIENCE_MEMBERS_ADDED " + readers),
                call(
                        "ImportAudienceMembers",
                        named + " members { " + key("joan") + " }",
                        "AUDIENCE_MEMBERS_ADDED " + readers),
                call(
                        "RemoveAudienceMembers",
                        named + " members { " + key("joan") + " }",
                        "AUDIENCE_MEMBERS_REMOVED " + readers),
                call("DeleteAudience", named, "AUDIENCE_DELETED " + readers));
    }

    private static String person(String key) {
        return "identities { namespace: 'crmId' value: '" + key + "' }";
    }

    private static String key(String key) {
        return "identity { namespace: 'crmId' value: '" + key + "' }";
    }

    private static List<AuditedCall> ruleSets() {
        String caps = "~/ruleSets/caps";
        String named = "name: '" + caps + "'";
        return List.of(
                call(
                        "CreateRuleSet",
                        "parent: '~' rule_set_id: 'caps' rule_set {"
                                + " frequency_caps { max_messages: 3 period: PERIOD_DAY } }",
                        "RULE_SET_CREATED " + caps),
                call(
                        "UpdateRuleSet",
                        "rule_set { " + named + " display_name: 'Caps' }",
                        "RULE_SET_UPDATED " + caps),
                call("ActivateRuleSet", named, "RULE_SET_ACTIVATED " + caps),
                call("DeactivateRuleSet", named, "RULE_SET_DEACTIVATED " + caps),
                call("DeleteRuleSet", named, "RULE_SET_DELETED " + caps));
    }

    private static List<AuditedCall> lists() {
        return List.of(
                call(
                        "CreateSuppression",
                        "parent: '~' suppression { target: 'ada@example.com' }",
                        "SUPPRESSION_CREATED $CreateSuppression.name"),
                call(
                        "DeleteSuppression",
                        "name: '$CreateSuppression.name'",
                        "SUPPRESSION_DELETED $CreateSuppression.name"),
                call(
                        "ImportSuppressions",
                        "parent: '~' csv: 'target\\nada@example.com\\n'",
                        "SUPPRESSIONS_IMPORTED ~"),
                call(
                        "CreateAllowedEntry",
                        "parent: '~' allowed_entry { target: 'ada@example.com' }",
                        "ALLOWED_ENTRY_CREATED $CreateAllowedEntry.name"),
                call(
                        "DeleteAllowedEntry",
                        "name: '$CreateAllowedEntry.name'",
                        "ALLOWED_ENTRY_DELETED $CreateAllowedEntry.name"),
                call(
                        "ImportAllowedEntries",
                        "parent: '~' csv: 'target\\nada@example.com\\n'",
                        "ALLOWED_ENTRIES_IMPORTED ~"));
    }

    /// Single recipients, and what becomes of them, are no matter of the trail: the execution and
    /// the messages tell of them.
    private static List<AuditedCall> executions() {
        String trigger =
                "campaign: '~/campaigns/receipt' request_id: 'r-1' recipients { identity {"
                        + " namespace: 'email' value: 'ada@example.com' } }";
        String broadcast = "name: '$broadcast'";
        return List.of(
                call("TriggerCampaign", trigger),
                call("StreamTriggers", "trigger { " + trigger + " }"),
                call(
                        "RecordReceipts",
                        "parent: '~' receipts { receipt_id: 'r-1' mail_message_id:"
                                + " 'none@example.com' kind: KIND_DELIVERED }"),
                call("PauseExecution", broadcast, "EXECUTION_PAUSED $broadcast"),
                call("ResumeExecution", broadcast, "EXECUTION_RESUMED $broadcast"),
                call("CancelExecution", broadcast, "EXECUTION_CANCELLED $broadcast"));
    }
}
