package io.campanile.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.ToNumberPolicy;
import com.google.gson.reflect.TypeToken;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;

import io.campanile.application.content.port.RenderedEmail;
import io.campanile.channels.content.MustacheContentCompiler;
import io.campanile.domain.content.ContentReview;
import io.campanile.domain.content.Contract;
import io.campanile.domain.content.ContractField;
import io.campanile.domain.content.EmailContent;
import io.campanile.domain.content.Finding;
import io.campanile.v1.DeclaredField;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What `docs/content.md` shows is what becomes of it. A comment in front of a table or block says
/// which it is; templates stand between backticks.
class ContentGuideTest {
    private static final Path PAGE = Path.of("../docs/content.md");
    private static final Pattern CODE = Pattern.compile("`([^`]*)`");
    private static final Pattern BETWEEN_CELLS = Pattern.compile("(?<!\\\\)\\|");
    private static final Map<String, Object> PROFILE = Map.of("firstName", "Ada");
    private static final Gson GSON =
            new GsonBuilder().setObjectToNumberStrategy(ToNumberPolicy.BIG_DECIMAL).create();

    @Test
    void showsWhatTemplatesComeTo() throws IOException {
        for (List<String> row : table("renders")) {
            String template = code(row.getFirst()).getFirst();

            // What comes to nothing is sent with another part only.
            var content = new EmailContent("s", "", "<p>a</p>", template, "");
            assertThat(errors(content)).isEmpty();
            assertThat(Contract.of(content, List.of()).check(context(), PROFILE))
                    .as(template)
                    .isEmpty();
            assertThat(rendered(content).text())
                    .as(template)
                    .isEqualTo(String.join("", code(row.get(1))));
        }
    }

    @Test
    void escapesAsItSays() throws IOException {
        RenderedEmail mail =
                rendered(new EmailContent("s", "", "{{context.note}}{{{context.note}}}", "t", ""));

        assertThat(mail.html()).isEqualTo("a &lt; ba < b");
        assertThat(page()).contains("`a &lt; b`");
    }

    @Test
    void saysWhatIsRefused() throws IOException {
        for (List<String> row : table("refused")) {
            assertThat(code(row.getFirst()))
                    .isNotEmpty()
                    .allSatisfy(template ->
                            assertThat(errors(new EmailContent("s", "", template, "t", "")))
                                    .as(template)
                                    .isNotEmpty());
        }
    }

    @Test
    void saysWhichDataFollowsFromContent() throws IOException {
        for (List<String> row : table("contract")) {
            String template = code(row.getFirst()).getFirst();
            List<ContractField> fields =
                    Contract.of(new EmailContent("s", "", template, "", ""), List.of()).fields();

            assertThat(paths(fields, true)).as(template).isEqualTo(code(row.get(1)));
            assertThat(paths(fields, false)).as(template).isEqualTo(code(row.get(2)));
        }
    }

    @Test
    void declaresFieldsThatCanBeDeclared() throws IOException {
        for (JsonElement field :
                GSON.fromJson(block("declared"), JsonElement.class).getAsJsonArray()) {
            assertThat(declared(field.toString()).getPath()).isNotEmpty();
        }
    }

    private static DeclaredField declared(String json) throws InvalidProtocolBufferException {
        DeclaredField.Builder field = DeclaredField.newBuilder();
        JsonFormat.parser().merge(json, field);
        return field.build();
    }

    private static List<String> paths(List<ContractField> fields, boolean required) {
        return fields.stream()
                .filter(field -> field.required() == required)
                .map(ContractField::path)
                .toList();
    }

    private static List<Finding> errors(EmailContent content) {
        return ContentReview.of(content, List.of()).stream().filter(Finding::isError).toList();
    }

    private static RenderedEmail rendered(EmailContent content) throws IOException {
        return new MustacheContentCompiler()
                .compile(content)
                .render(Map.of("context", context(), "profile", PROFILE));
    }

    private static Map<String, Object> context() throws IOException {
        return GSON.fromJson(block("context"), new TypeToken<Map<String, Object>>() {}.getType());
    }

    private static List<String> code(String cell) {
        return CODE.matcher(cell).results().map(found -> found.group(1)).toList();
    }

    /// The rows below the head, as cells.
    private static List<List<String>> table(String mark) throws IOException {
        List<List<String>> rows =
                found(mark, "((?:\\|[^\\n]*\\n)+)")
                        .lines()
                        .skip(2)
                        .map(ContentGuideTest::cells)
                        .toList();
        assertThat(rows).hasSizeGreaterThan(3);
        return rows;
    }

    private static List<String> cells(String row) {
        String inner = row.substring(1, row.length() - 1);
        return BETWEEN_CELLS.splitAsStream(inner).map(cell -> cell.replace("\\|", "|")).toList();
    }

    private static String block(String mark) throws IOException {
        return found(mark, "```json\\n(.*?)```");
    }

    private static String found(String mark, String what) throws IOException {
        Matcher found =
                Pattern.compile("<!-- " + mark + " -->\\n" + what, Pattern.DOTALL).matcher(page());
        assertThat(found.find()).as(mark).isTrue();
        return found.group(1);
    }

    private static String page() throws IOException {
        return Files.readString(PAGE);
    }
}
