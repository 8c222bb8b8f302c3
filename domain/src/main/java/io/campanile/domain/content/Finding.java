package io.campanile.domain.content;

/// Something a review has to say about a campaign.
///
/// @param place the field concerned, such as `content.html:3:14` (line and column) or `schedule`
/// @param message what is wrong, one sentence
/// @param whatToDo how to put it right, one sentence
public record Finding(Level level, Code code, String place, String message, String whatToDo) {

    /// What a finding does to activation.
    public enum Level {
        /// Activation is possible.
        WARNING,
        /// Activation is refused.
        ERROR
    }

    /// What was found; the same spelling in the API.
    public enum Code {
        CHANNEL_CONFIGURATION_MISSING,
        CHANNEL_CONFIGURATION_UNKNOWN,
        CHANNEL_CONFIGURATION_INACTIVE,
        CHANNEL_CONFIGURATION_CATEGORY,
        AUDIENCE_MISSING,
        AUDIENCE_UNKNOWN,
        AUDIENCE_EMPTY,
        AUDIENCE_UNREACHED,
        AUDIENCE_REFERENCE_UNKNOWN,
        AUDIENCE_TRANSACTIONAL,
        SCHEDULE_REVERSED,
        END_TIME_PASSED,
        RULE_SET_UNKNOWN,
        RULE_SET_INACTIVE,
        RULE_SET_TRANSACTIONAL,
        UNSUBSCRIBE_URL_MISSING,
        ONE_CLICK_UNSUBSCRIBE_MISSING,
        PROFILE_LOOKUP_NONE,
        HIGH_THROUGHPUT_MARKETING,
        HIGH_THROUGHPUT_PROFILE_LOOKUP,
        HIGH_THROUGHPUT_PROFILE_VARIABLE,
        UNSUBSCRIBE_LINK_MISSING,
        UNSUBSCRIBE_LINK_TRANSACTIONAL,
        SUBJECT_EMPTY,
        BODY_EMPTY,
        PREHEADER_MISSING,
        TEXT_PART_GENERATED,
        TEMPLATE_INVALID,
        FIELD_DECLARATION_INVALID,
        FIELD_UNUSED,
        VARIABLE_WITHOUT_EXAMPLE,
        PROFILE_ATTRIBUTE_UNKNOWN,
        LINK_WITHOUT_TARGET,
        HTML_LARGE
    }

    /// An error at a tag.
    static Finding inTemplate(
            String place, TemplateNode.Position position, String message, String whatToDo) {
        return new Finding(
                Level.ERROR, Code.TEMPLATE_INVALID, place + ":" + position, message, whatToDo);
    }

    public boolean isError() {
        return level == Level.ERROR;
    }
}
