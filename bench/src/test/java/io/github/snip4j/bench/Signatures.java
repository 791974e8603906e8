package io.github.snip4j.bench;

import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.List;

/** The types that the signatures of a class name, as far as other programs see them. */
final class Signatures {
  private Signatures() {}

  /** A type, and where it is named. */
  record Named(String member, Class<?> type) {}

  /**
   * What a class extends and implements, package-private types apart, and names in its public and
   * protected members.
   */
  static List<Named> of(Class<?> type) {
    List<Named> named = new ArrayList<>();
    String name = type.getName();
    if (type.getSuperclass() != null && isSeen(type.getSuperclass().getModifiers())) {
      add(name, type.getGenericSuperclass(), named);
    }
    for (int i = 0; i < type.getInterfaces().length; i++) {
      if (isSeen(type.getInterfaces()[i].getModifiers())) {
        add(name, type.getGenericInterfaces()[i], named);
      }
    }
    addVariables(name, type.getTypeParameters(), named);
    for (Field field : type.getDeclaredFields()) {
      if (isSeen(field.getModifiers())) {
        add(field.toString(), field.getGenericType(), named);
      }
    }
    for (Method method : type.getDeclaredMethods()) {
      if (isSeen(method.getModifiers()) && !method.isSynthetic()) {
        add(method.toString(), method.getGenericReturnType(), named);
        addInputs(method, named);
      }
    }
    for (Constructor<?> constructor : type.getDeclaredConstructors()) {
      if (isSeen(constructor.getModifiers())) {
        addInputs(constructor, named);
      }
    }
    return named;
  }

  private static boolean isSeen(int modifiers) {
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }

  private static void addInputs(Executable executable, List<Named> named) {
    String member = executable.toString();
    addAll(member, executable.getGenericParameterTypes(), named);
    addAll(member, executable.getGenericExceptionTypes(), named);
    addVariables(member, executable.getTypeParameters(), named);
  }

  private static void addVariables(String member, TypeVariable<?>[] variables, List<Named> named) {
    for (TypeVariable<?> variable : variables) {
      addAll(member, variable.getBounds(), named);
    }
  }

  private static void addAll(String member, Type[] types, List<Named> named) {
    for (Type type : types) {
      add(member, type, named);
    }
  }

  private static void add(String member, Type type, List<Named> named) {
    if (type instanceof Class<?> plain) {
      Class<?> element = plain;
      while (element.isArray()) {
        element = element.getComponentType();
      }
      named.add(new Named(member, element));
    } else if (type instanceof GenericArrayType array) {
      add(member, array.getGenericComponentType(), named);
    } else if (type instanceof ParameterizedType parameterized) {
      add(member, parameterized.getRawType(), named);
      addAll(member, parameterized.getActualTypeArguments(), named);
    } else if (type instanceof WildcardType wildcard) {
      addAll(member, wildcard.getUpperBounds(), named);
      addAll(member, wildcard.getLowerBounds(), named);
    }
  }
}
