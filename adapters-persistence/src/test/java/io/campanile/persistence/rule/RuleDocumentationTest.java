package io.campanile.persistence.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.audience.port.AudienceRules.Check;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

class RuleDocumentationTest {
    private static final Pattern EXAMPLE = Pattern.compile("```cel\n(.*?)```", Pattern.DOTALL);

    @Test
    void showsRulesThatAreRules() throws IOException {
        String page = Files.readString(Path.of("../docs/audiences.md"));

        List<String> examples = EXAMPLE.matcher(page).results().map(m -> m.group(1)).toList();

        assertThat(examples).hasSizeGreaterThan(4);
        assertThat(examples)
                .allSatisfy(rule ->
                        assertThat(new CelAudienceRules().check(rule))
                                .isInstanceOf(Check.Valid.class));
    }
}
