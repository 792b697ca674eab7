package io.raddle.yarn.shell;

import io.raddle.snippet.Scope;
import io.raddle.snippet.Variables;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** The methods of {@link Scope} as class files name them. */
final class ScopeLinks {
    static final String SCOPE = Type.getInternalName(Scope.class);
    static final String VARIABLES = Type.getDescriptor(Variables.class);
    static final String ENTER = "(" + VARIABLES + ")Ljava/lang/Object;";
    static final String LEAVE = "(Ljava/lang/Object;)V";
    static final String THAW =
            "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/invoke/SerializedLambda;)Ljava/lang/Object;";
    static final Handle CARRIED = link("carried", "");
    static final Handle ROUND = link("round", "");
    static final Handle READ = link("read", "Ljava/lang/String;");
    static final Handle WRITE = link("write", "Ljava/lang/String;");

    private ScopeLinks() {}

    static boolean isRead(Handle link) {
        return link.equals(READ);
    }

    static boolean isWrite(Handle link) {
        return link.equals(WRITE);
    }

    private static Handle link(String name, String more) {
        return new Handle(
                Opcodes.H_INVOKESTATIC,
                SCOPE,
                name,
                "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/invoke/MethodType;" + more
                        + ")Ljava/lang/invoke/CallSite;",
                false);
    }
}
