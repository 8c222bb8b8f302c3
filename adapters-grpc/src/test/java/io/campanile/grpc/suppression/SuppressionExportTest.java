package io.campanile.grpc.suppression;

import static io.campanile.testkit.suppression.SuppressionBuilder.aSuppression;
import static io.campanile.testkit.suppression.SuppressionEntries.enter;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.grpc.testing.GrpcWorld;
import io.campanile.v1.ImportedSuppression.Result;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.time.Instant;

/// The suppression list as a file.
class SuppressionExportTest {
    @AutoClose private final GrpcWorld world = new GrpcWorld();
    private final SuppressionFiles files = new SuppressionFiles(world);

    @Test
    void exportsWhatItImports() {
        for (int number = 0; number < 501; number++) {
            files.suppress("p" + number + "@example.com");
        }
        String file = files.exported();
        assertThat(file.lines()).hasSize(502);
        assertThat(file).startsWith("target,reason,note,create_time,expire_time\r\n");

        files.importFile(file, 10_000);

        assertThat(files.reports).hasSize(501).allMatch(r -> r.getResult() == Result.RESULT_KEPT);
    }

    @Test
    void exportsAnEmptyListAsHeadings() {
        assertThat(files.exported()).isEqualTo("target,reason,note,create_time,expire_time\r\n");
    }

    @Test
    void exportsNothingThatHasExpired() {
        files.suppress("ada@example.com");
        enter(
                world.fakes.suppressions,
                aSuppression("eve@example.com", Instant.EPOCH)
                        .until(Instant.EPOCH.plusSeconds(1))
                        .build());

        assertThat(files.exported()).contains("ada@example.com").doesNotContain("eve@example.com");
        assertThat(files.listed()).hasSize(2);
    }
}
