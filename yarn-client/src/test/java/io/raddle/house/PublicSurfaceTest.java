package io.raddle.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What one part shows to the others can be read without its source. */
class PublicSurfaceTest {
    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.raddle");
    /** Packages that programs of users see; the first follows Spark's names and parameters. */
    private static final String API = "io.raddle";

    private static final Set<String> OF_USERS = Set.of(API, "io.raddle.function", "io.raddle.fault");

    @Test
    void noCallSaysTrueOrFalseWithoutSayingOfWhat() {
        assertThat(publicUnits()
                        .filter(unit -> !unit.getOwner().getPackageName().equals(API))
                        .filter(unit -> unit.getRawParameterTypes().stream()
                                .anyMatch(type -> type.getName().equals("boolean")))
                        .map(JavaCodeUnit::getFullName))
                .as("public methods with a boolean parameter: name an enum, or make two methods")
                .isEmpty();
    }

    @Test
    void everyTypeSaysWhatItIsFor() {
        List<Path> sources = SizeTest.sources("main").toList();

        assertThat(Documented.in(sources).types()).as("types").hasSizeGreaterThan(sources.size() / 2);
        assertThat(Documented.in(sources).silentTypes()).isEmpty();
    }

    @Test
    void everyMethodThatUsersSeeSaysWhatItDoes() {
        List<Path> sources = SizeTest.sources("main")
                .filter(file ->
                        OF_USERS.stream().anyMatch(name -> file.getParent().endsWith("java/" + name.replace('.', '/'))))
                .toList();

        assertThat(Documented.in(sources).methods()).as("methods").hasSizeGreaterThan(sources.size());
        assertThat(Documented.in(sources).silentMethods()).isEmpty();
    }

    /** Records apart, whose components are read by name. */
    private static Stream<JavaCodeUnit> publicUnits() {
        return HOUSE.stream()
                .filter(type -> !type.getPackageName().equals("io.raddle.proto"))
                .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                .filter(type -> !type.isRecord())
                .flatMap(type -> type.getCodeUnits().stream())
                .filter(unit -> unit.getModifiers().contains(JavaModifier.PUBLIC))
                .filter(unit -> !unit.getModifiers().contains(JavaModifier.SYNTHETIC));
    }
}
