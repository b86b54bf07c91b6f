# brygga_library(NAME): one installable library per top folder; its subfolders add their sources with target_sources().
function(brygga_library NAME)
    add_library(brygga_${NAME} STATIC)
    add_library(brygga::${NAME} ALIAS brygga_${NAME})
    set_target_properties(brygga_${NAME} PROPERTIES EXPORT_NAME ${NAME})
    target_compile_features(brygga_${NAME} PUBLIC cxx_std_20)
    target_include_directories(brygga_${NAME} PUBLIC
        $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}> $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}/brygga>)
    target_link_libraries(brygga_${NAME} PRIVATE $<BUILD_INTERFACE:brygga_options>)
    install(TARGETS brygga_${NAME} EXPORT brygga ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
    install(DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR}/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/brygga/${NAME}
        FILES_MATCHING PATTERN "*.hpp" PATTERN "detail" EXCLUDE PATTERN "sqlite" EXCLUDE PATTERN "json" EXCLUDE)
endfunction()
