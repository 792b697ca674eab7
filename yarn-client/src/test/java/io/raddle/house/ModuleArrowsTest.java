package io.raddle.house;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.raddle.cluster.ClusterManager;
import io.raddle.yarn.client.hadoop.ResourceManager;
import org.junit.jupiter.api.Test;

/** Holds the arrows of ARCHITECTURE.md: dependencies point from what a person types to what crosses the wire. */
class ModuleArrowsTest {
    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.raddle");

    @Test
    void dependenciesPointTowardsTheWire() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .ensureAllClassesAreContainedInArchitecture()
                .layer("proto")
                .definedBy("io.raddle.proto..", "io.raddle.wire..", "io.raddle.fault..", "io.raddle.id..")
                .layer("executor")
                .definedBy(
                        "io.raddle.config..",
                        "io.raddle.function..",
                        "io.raddle.closure..",
                        "io.raddle.loader..",
                        "io.raddle.serde..",
                        "io.raddle.memory..",
                        "io.raddle.shuffle..",
                        "io.raddle.block..",
                        "io.raddle.transfer..",
                        "io.raddle.broadcast..",
                        "io.raddle.scope..",
                        "io.raddle.snippet..",
                        "io.raddle.shared..",
                        "io.raddle.pipeline..",
                        "io.raddle.io..",
                        "io.raddle.executor..")
                .layer("scheduler")
                .definedBy(
                        "io.raddle",
                        "io.raddle.plan..",
                        "io.raddle.schedule..",
                        "io.raddle.driver..",
                        "io.raddle.endpoint..",
                        "io.raddle.relay..",
                        "io.raddle.cluster..")
                .layer("master")
                .definedBy("io.raddle.yarn.master..", "io.raddle.yarn.launch..")
                .layer("client")
                .definedBy("io.raddle.yarn.client..", "io.raddle.yarn.shell..")
                .whereLayer("client")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("master")
                .mayOnlyBeAccessedByLayers("client")
                .whereLayer("scheduler")
                .mayOnlyBeAccessedByLayers("master", "client")
                .whereLayer("executor")
                .mayOnlyBeAccessedByLayers("scheduler", "master", "client")
                .check(HOUSE);
    }

    @Test
    void noNameEndsInAWordThatSaysNothing() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(
                        ClusterManager.class.getName()) // the field's term for where executors come from
                .and()
                .doNotHaveFullyQualifiedName(ResourceManager.class.getName()) // YARN's own name
                .and()
                .resideOutsideOfPackage("io.raddle.proto..") // generated
                .should()
                .haveNameMatching(".*(Manager|Helper|Utils?|Impl)")
                .check(HOUSE);
    }

    @Test
    void noPackageDependsOnItselfInARing() {
        slices().matching("io.raddle.(**)").should().beFreeOfCycles().check(HOUSE);
    }

    @Test
    void onlyTheYarnModulesKnowYarn() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.raddle.yarn..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("org.apache.hadoop.yarn.."))
                .check(HOUSE);
    }
}
