package io.campanile.server;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.onionArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import io.campanile.application.eligibility.DecideRecipients;
import io.campanile.domain.broadcast.MessageToOne;
import io.campanile.domain.eligibility.Decision;
import io.campanile.domain.eligibility.Eligibility;
import io.campanile.domain.message.DeliveryRules;
import io.campanile.domain.message.MessageState;
import io.campanile.persistence.StateRows;

import java.time.Clock;
import java.time.temporal.Temporal;

/// The rules about who may know whom that no compiler checks. Sees every module but `bench`.
@AnalyzeClasses(
        packages = "io.campanile",
        importOptions = {DoNotIncludeTests.class, ArchitectureTest.DoNotIncludeGenerated.class})
final class ArchitectureTest {
    private static final String API = "io.campanile.v1..";

    /// What is generated is a third of all, and nothing is asked of it.
    static final class DoNotIncludeGenerated implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/io/campanile/v1/");
        }
    }

    /// What a port may consist of, besides what is nested in it.
    private static final DescribedPredicate<JavaClass> PART_OF_A_PORT =
            describe(
                    "interfaces, records, enums or exceptions",
                    type ->
                            type.isInterface()
                                    || type.isRecord()
                                    || type.isEnum()
                                    || type.isAssignableTo(Exception.class)
                                    // What javac makes of a switch over an enum, or an enum
                                    // constant with a body.
                                    || type.isAnonymousClass());

    @ArchTest
    static final ArchRule modulesFormAnOnion =
            onionArchitecture()
                    .domainModels("io.campanile.domain..")
                    .domainServices("io.campanile.domain..")
                    .applicationServices("io.campanile.application..")
                    .adapter("grpc", "io.campanile.grpc..")
                    .adapter("persistence", "io.campanile.persistence..")
                    .adapter("channels", "io.campanile.channels..")
                    .withOptionalLayers(true)
                    // The server and the testkit may know everybody below them; that nobody knows
                    // them is the Maven graph's doing.
                    .ignoreDependency(
                            resideInAnyPackage("io.campanile.server..", "io.campanile.testkit.."),
                            alwaysTrue())
                    .ensureAllClassesAreContainedInArchitectureIgnoring(
                            API, "io.campanile.server..", "io.campanile.testkit..");

    @ArchTest
    static final ArchRule portsHoldOnlyWhatThePortSpeaks =
            classes().that().resideInAPackage("io.campanile..port..").should(be(PART_OF_A_PORT));

    /// A port is what an adapter implements, so the interfaces that adapters implement are ports.
    @ArchTest
    static final ArchRule adaptersImplementNothingButPorts =
            noClasses()
                    .that()
                    .resideInAnyPackage("io.campanile.persistence..", "io.campanile.channels..")
                    .should()
                    .implement(
                            describe(
                                    "application interfaces outside `.port`",
                                    type ->
                                            type.getPackageName()
                                                            .startsWith("io.campanile.application.")
                                                    && !type.getPackageName().endsWith(".port")));

    @ArchTest static final ArchRule domainFeaturesAreFreeOfCycles = freeOfCycles("domain");

    @ArchTest
    static final ArchRule applicationFeaturesAreFreeOfCycles = freeOfCycles("application");

    @ArchTest static final ArchRule grpcFeaturesAreFreeOfCycles = freeOfCycles("grpc");

    @ArchTest
    static final ArchRule persistenceFeaturesAreFreeOfCycles = freeOfCycles("persistence");

    @ArchTest static final ArchRule channelsFeaturesAreFreeOfCycles = freeOfCycles("channels");

    @ArchTest
    static final ArchRule serverFeaturesAreFreeOfCycles =
            freeOfCycles("server").allowEmptyShould(true);

    @ArchTest
    static final ArchRule generatedTypesStayAtTheApi =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(API, "io.campanile.grpc..", "io.campanile.server..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(API);

    @ArchTest
    static final ArchRule jdbiStaysInPersistence =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("io.campanile.persistence..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.jdbi..");

    @ArchTest
    static final ArchRule nobodyInsideReadsTheClock =
            noClasses()
                    .that()
                    .resideInAnyPackage("io.campanile.domain..", "io.campanile.application..")
                    .should()
                    .callMethodWhere(
                            target(owner(assignableTo(Temporal.class)))
                                    .and(target(nameMatching("now"))))
                    .orShould()
                    .callMethodWhere(
                            target(owner(assignableTo(System.class)))
                                    .and(target(nameMatching("currentTimeMillis"))))
                    .orShould()
                    .callMethodWhere(
                            target(owner(assignableTo(Clock.class)))
                                    .and(target(nameMatching("system.*"))))
                    .orShould()
                    .callMethod(java.time.InstantSource.class, "system");

    /// Delivery, dry runs and explanations ask the same function, through one class. One exception
    /// is SQL, which nobody finds here: `BroadcastRows` excludes members of an audience who were
    /// erased (`PROFILE_UNKNOWN`) or are written to as another member (`DUPLICATE_RECIPIENT`). It
    /// never lets anybody be written to whom the function has not seen.
    @ArchTest
    static final ArchRule nobodyElseDecidesWhoIsWrittenTo =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("io.campanile.domain.eligibility..")
                    .and(not(belongToAnyOf(DecideRecipients.class)))
                    .should()
                    .dependOnClassesThat(belongToAnyOf(Eligibility.class))
                    .orShould()
                    .callConstructorWhere(target(owner(assignableTo(Decision.class))));

    /// What was decided, in the one place that asks for it, is the only ground to exclude a message
    /// on; but for the second message of a broadcast to two people who turned out to be one. Rows
    /// are read back elsewhere.
    @ArchTest
    static final ArchRule nobodyElseExcludesMessages =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("io.campanile.testkit..")
                    .and(
                            not(
                                    belongToAnyOf(
                                            DeliveryRules.class,
                                            MessageToOne.class,
                                            StateRows.class)))
                    .and()
                    .doNotHaveFullyQualifiedName("io.campanile.application.delivery.NotSent")
                    .should()
                    .accessTargetWhere(
                            describe(
                                    "it makes an excluded message",
                                    access ->
                                            access.getName().equals("<init>")
                                                    && access.getTargetOwner()
                                                            .isEquivalentTo(
                                                                    MessageState.Excluded.class)));

    private static ArchRule freeOfCycles(String module) {
        return slices().matching("io.campanile." + module + ".(*)..").should().beFreeOfCycles();
    }
}
