/** The list of keys, behind `?`; and the keys that lead to sections: `g`, then the section's own. */
import { ActionIcon, Kbd, Modal, Table } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { QuestionIcon } from '@primer/octicons-react';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { common as t } from '../strings/en/common.ts';
import { isTyping } from './keys.ts';
import { SECTIONS } from './sections.ts';

/** Between `g` and the second key. */
const SECOND_KEY_MS = 1200;

export function KeyHelp() {
  const [isOpen, help] = useDisclosure(false);
  const navigate = useNavigate();
  const goSince = useRef(0);
  const { open } = help;
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
      const isSecond = event.timeStamp - goSince.current < SECOND_KEY_MS;
      goSince.current = event.key === 'g' ? event.timeStamp : 0;
      if (event.key === '?') open();
      else if (isSecond) {
        const section = SECTIONS.flatMap(({ sections }) => sections).find(({ key }) => key === event.key);
        if (section) void navigate({ to: section.to });
      }
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [open, navigate]);
  return (
    <>
      <ActionIcon variant="subtle" color="gray" onClick={open} aria-label={t.keys} className="wide-only">
        <QuestionIcon size={16} />
      </ActionIcon>
      <Modal opened={isOpen} onClose={help.close} title={t.keysTitle}>
        <Table>
          <Table.Tbody>
            {t.keysList.map(([keys, does]) => (
              <Table.Tr key={keys}>
                <Table.Td>
                  {keys.split(' ').map((key) => (
                    <Kbd key={key} mr={4}>
                      {key}
                    </Kbd>
                  ))}
                </Table.Td>
                <Table.Td>{does}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Modal>
    </>
  );
}
